// document_private - how the text comes out of each kind of document; for document*.c only
#pragma once

#include "common/arena.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>

// The text of a DOCX file (ISO/IEC 29500) that lies in memory: the body with its tables and text
// boxes, footnotes and endnotes; without headers and footers, comments, and what tracked changes
// removed. Runs of one paragraph join; paragraphs, cells, tabs and breaks are line breaks.
bool document_docx_text(const char *bytes, size_t length, struct arena *arena, const char **text,
                        size_t *text_length, struct settings_error *error);

// The text of a PDF file, by pdftotext. The descriptor is read from its beginning.
bool document_pdf_text(int fd, struct arena *arena, const char **text, size_t *text_length,
                       struct settings_error *error);
