// limits - every bound on what comes from outside or grows, in one place
//
// Over a bound there is a clear error that names it. docs/developer/limits.md prints this list.
#pragma once

enum {
    LIMIT_MESSAGE_BYTES = 4 * 1024 * 1024,        // one ZeroMQ message
    LIMIT_HEARD_BYTES = 8 * 1024 * 1024,          // a longer one that is answered `too_large`
    LIMIT_UNPACKED_BYTES = 64 * 1024 * 1024,      // what one message may take when unpacked
    LIMIT_EVENT_BYTES = 256 * 1024,               // one packed event
    LIMIT_BATCH_EVENTS = 1024,                    // events in one message
    LIMIT_ID_BYTES = 64,                          // names and identifiers
    LIMIT_TASK_ID_BYTES = 383,                    // a task's name: its kind, its subject, a number
    LIMIT_TEXT_BYTES = 8 * 1024,                  // free text of one field
    LIMIT_RULEBOOKS = 32,                         // that one database has loaded
    LIMIT_FILE_TEXT_BYTES = 128 * 1024,           // a rulebook or policy in an event
    LIMIT_DOCUMENT_BYTES = 64 * 1024 * 1024,      // a file whose characters are counted
    LIMIT_DOCUMENT_TEXT_BYTES = 32 * 1024 * 1024, // its text, or a part of it, unpacked
    LIMIT_TABLE_BYTES = 8 * 1024 * 1024,          // a spreadsheet that is imported
    LIMIT_TABLE_ROWS = 10000,                     // its rows
    LIMIT_TABLE_COLUMNS = 256,                    // and columns
    LIMIT_CALENDAR_BYTES = 2 * 1024 * 1024,       // an iCalendar file of holidays
    LIMIT_CALENDAR_EVENTS = 10000,                // its entries
    LIMIT_CALENDAR_DAYS = 10000,                  // and the days that they name
    LIMIT_LIST_ELEMENTS = 1000,                   // elements of one list
    LIMIT_ENTRY_CHANGES = 60000,                  // of an entry, in what is shown of it
    LIMIT_NESTING = 16,                           // depth of JSON and of messages
    LIMIT_LINE_BYTES = 1024 * 1024,               // a line of a file of events
    LIMIT_QUERY_ROWS = 500,                       // rows of one answer to a query
    LIMIT_SLICE_RECORDS = 2000,                   // a query looks at in one turn of the loop
    LIMIT_LONG_QUERIES = 32,                      // that take several turns, at one time
    LIMIT_LONG_QUERIES_PER_PRINCIPAL = 4,         // of them, of one principal
    LIMIT_SHARED_ENTRIES = 32,                    // of the journal, while others wait for theirs
    LIMIT_GROUP_EVENTS = 1024,                    // entries that are synced together
    LIMIT_TURN_EVENTS = 64,                 // and while several keys send; a query weighs as much
    LIMIT_WAITING_BYTES = 16 * 1024 * 1024, // arrived from one key and not taken
    LIMIT_CONNECTIONS = 1024,               // to one server at one time
    LIMIT_CONNECTIONS_PER_KEY = 64,         // of them, of one key
    LIMIT_GREETINGS = 1024,                 // connections whose key is not known yet
    LIMIT_QUEUED_MESSAGES = 4096,           // high-water mark of a socket
    LIMIT_UNREAD_BYTES = 8 * 1024 * 1024,   // sent to one key and not read by it
    LIMIT_TASKS_PER_WORKER = 32,            // leased to one worker at one time
    LIMIT_HTTP_CONNECTIONS = 16,            // of who asks for metrics; others wait
    LIMIT_HTTP_HEADER_BYTES = 8 * 1024,     // of what they ask
};
