// award-revocation - checks the grounds of Article 20 and drafts the papers of a revocation
#include "workers/revocation/revocation.h"

int main(int argc, char **argv)
{
    return worker_main(argc, argv, &revocation_worker);
}
