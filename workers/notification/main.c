// award-notification - writes messages and feedback reports to people
#include "workers/notification/notification.h"

int main(int argc, char **argv)
{
    return worker_main(argc, argv, &notification_worker);
}
