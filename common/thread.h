// thread - a thread of one's own beside the loop's
#pragma once

#include <pthread.h>
#include <stdbool.h>

// Starts one that takes no signals: those are the loop's. False where there is none to be had.
bool thread_start(pthread_t *thread, void *(*run)(void *context), void *context);
