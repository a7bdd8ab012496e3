// server - the coordinator's loop: sockets in, ledger, answers out
#pragma once

#include "settings/daemon_file.h"

// Serves until SIGTERM or SIGINT; returns the program's exit status
// (docs/administrator/exit-status.md). The file that the settings are from is read again on SIGHUP.
int server_run(const char *config, const struct daemon_file *settings);
