// show - what the commands that show something share: asking, wording, headings
#pragma once

#include "clients/ctl/ctl.h"
#include "clients/ctl/words.h"

#define SHOW_PROVISIONAL "暂定 provisional"

// Asks the query of this kind; `body` is its initialised message. NULL and *status when there is no
// reply of that kind, which has been said.
const Award__QueryReply *show_ask(struct ctl *ctl, Award__Query__BodyCase kind,
                                  ProtobufCMessage *body, int *status);

// The same, but silent: NULL where the coordinator does not answer it.
const Award__QueryReply *show_try(struct ctl *ctl, Award__Query__BodyCase kind,
                                  ProtobufCMessage *body);

// Asks page by page, as long as there is more, and puts all rows, and what comes along
// with them, into the first page's body.
// `after` is the query's own field, `name` tells what the next page follows on.
const Award__QueryReply *show_ask_pages(struct ctl *ctl, Award__Query__BodyCase kind,
                                        ProtobufCMessage *body, char **after,
                                        const char *(*name)(const ProtobufCMessage *row),
                                        int *status);

// The same where a page may have looked at much and found little: `go_on` puts into the query how
// far the page looked.
typedef void show_go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query);
const Award__QueryReply *show_ask_on(struct ctl *ctl, Award__Query__BodyCase kind,
                                     ProtobufCMessage *body, show_go_on *go_on, int *status);

// Notes as a table with their heading; nothing where there are none.
void show_notes(struct ctl *ctl, size_t count, Award__Note *const *notes);

// "日期抄错 2019-03-02：sampling_recorded serious=true …": what its sender corrected of an event.
const char *show_correction(struct ctl *ctl, const Award__Corrected *corrected);

// A line between sections. Nothing under CSV and JSON.
void show_heading(const struct ctl *ctl, const char *zh, const char *en);

// "  企业 enterprise        重庆…": left out where the text is NULL or "-".
void show_fact(const struct ctl *ctl, const char *zh, const char *en, const char *text);

// "已逾期 overdue", in the arena; "-" where there is none.
const char *show_word(struct ctl *ctl, const ProtobufCEnumDescriptor *descriptor, bool has,
                      int value);
const char *show_waits(struct ctl *ctl, const char *waits_for); // "待书面材料 paper_receipt"
const char *show_stage(struct ctl *ctl, const Award__Case *c);
const char *show_event(struct ctl *ctl, const char *name); // "企业申报 application_submitted"
const char *show_roles(struct ctl *ctl, size_t count, const Award__Role__Name *roles);
const char *show_role_set(struct ctl *ctl, uint32_t roles);
const char *show_list(struct ctl *ctl, size_t count, char *const *texts); // with blanks between
const char *show_article(struct ctl *ctl, const char *article); // "办公室规定 policy"; "-" for NULL
const char *show_number(struct ctl *ctl, uint64_t number);
const char *show_hex(struct ctl *ctl, const ProtobufCBinaryData *data);
const char *show_reason(struct ctl *ctl, const Award__Reason *reason); // one line, both languages

// "612.50/7 = 87.5000": sum over number of scores, and its value. A fraction that is not over
// hundredths is shown as it is.
const char *show_defence(struct ctl *ctl, const Award__Fraction *score);

// The text in a message's field of that name; NULL where it has none.
const char *show_field(const ProtobufCMessage *message, const char *name);

// The subject that an entry is about: the case that it changes, or what its event names first.
const char *show_subject(const Award__HistoryItem *item);

// Takes the arguments of a command that has no options of its own. True when there are so many;
// else *status is CTL_USAGE and it has been said.
bool show_arguments(const struct command *command, int wanted, int argc, char **argv, int *status);
