// push_flow - events on their way, in batches, answered in the order of the lines
//
// Several batches of one principal may be in flight at one time; before another principal's turn
// comes, all are answered. So the events of a file take effect in its order.
#pragma once

#include "clients/ctl/lanes.h"
#include "clients/ctl/push_line.h"

struct push_flow;

struct push_flow_options {
    struct lanes *lanes;
    bool dry_run;
    void (*answered)(void *context, const struct push_line *line); // in the order of the lines
    void (*unanswered)(void *context, const struct push_line *line);
    void *context;
};

struct push_flow *push_flow_create(const struct push_flow_options *options);
void push_flow_destroy(struct push_flow *flow);

// Takes a copy of the line. One that has an answer already is passed on in its place. False when
// the connection is lost for good: nothing goes on.
bool push_flow_add(struct push_flow *flow, const struct push_line *line);

// Sends what has been taken, and waits until all is answered. False as above.
bool push_flow_flush(struct push_flow *flow);

// Sends what has been taken, and does not wait.
bool push_flow_hurry(struct push_flow *flow);

// Why nothing goes on; failure is CLIENT_DONE while all is well.
const struct client_error *push_flow_error(const struct push_flow *flow);
