// server - the coordinator's loop: sockets in, ledger, answers out
#pragma once

#include "settings/daemon_file.h"

// Serves until SIGTERM or SIGINT; returns the program's exit status
// (docs/administrator/exit-status.md).
int server_run(const struct daemon_file *settings);
