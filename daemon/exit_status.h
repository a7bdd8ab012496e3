// exit_status - what awardd ends with; docs and the manual list the same
#pragma once

enum exit_status {
    EXIT_STATUS_USAGE = 2,     // command line
    EXIT_STATUS_SETTINGS = 3,  // configuration, server key or genesis cannot be used
    EXIT_STATUS_STORAGE = 4,   // database, or the output, cannot be opened, read or written
    EXIT_STATUS_LOCKED = 5,    // another awardd has it open
    EXIT_STATUS_SOCKET = 6,    // cannot listen
    EXIT_STATUS_DIFFERENT = 7, // verify: something does not agree
};
