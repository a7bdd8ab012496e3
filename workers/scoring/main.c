// award-scoring - compares independent sheets and ranks the final selection
#include "workers/scoring/scoring.h"

int main(int argc, char **argv)
{
    return worker_main(argc, argv, &scoring_worker);
}
