// client_private - what client.c and client_error.c share
#pragma once

#include "clients/client.h"

// Writes code and sentences for a failure of the connection at this endpoint.
void client_error_set(struct client_error *error, enum client_failure failure,
                      const char *endpoint);

// The same with a detail in words of a library: CLIENT_UNUSABLE.
void client_error_unusable(struct client_error *error, const char *detail);

// What the coordinator, or the codec, said.
void client_error_quote(struct client_error *error, enum client_failure failure, const char *code,
                        const char *zh, const char *en);
