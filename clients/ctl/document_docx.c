// document_docx - the text of a DOCX file: a ZIP archive of XML parts (ISO/IEC 29500)
//
// libzip unpacks the parts, libxml2's reader walks them, element by element, without network,
// entities or more memory than LIMIT_DOCUMENT_TEXT_BYTES. Names of elements are compared without
// their namespace, for the strict and the transitional form differ in nothing else. What counts and
// what does not: docs/decisions/040-counting-documents.md.
#include "clients/ctl/document_private.h"
#include "common/limits.h"

#include <assert.h>
#include <libxml/xmlreader.h>
#include <string.h>
#include <zip.h>

static bool damaged(struct settings_error *error)
{
    return settings_error_set(error, 0, 0, "不是完好的 DOCX 文件；请在文字软件中重新另存为 DOCX",
                              "this is no sound DOCX file; save it as DOCX again");
}

// ---- Parts of the archive

enum part_end { PART_READ, PART_ABSENT, PART_DAMAGED };

static enum part_end part_read(zip_t *archive, const char *name, struct arena *arena, char **bytes,
                               size_t *length)
{
    zip_stat_t about;
    zip_int64_t index = zip_name_locate(archive, name, ZIP_FL_NOCASE);
    if (index < 0) {
        return PART_ABSENT;
    }
    if (zip_stat_index(archive, (zip_uint64_t)index, 0, &about) != 0 ||
        (about.valid & ZIP_STAT_SIZE) == 0 || about.size > LIMIT_DOCUMENT_TEXT_BYTES) {
        return PART_DAMAGED;
    }
    zip_file_t *file = zip_fopen_index(archive, (zip_uint64_t)index, 0);
    if (file == NULL) {
        return PART_DAMAGED;
    }
    *bytes = arena_alloc(arena, (size_t)about.size + 1);
    zip_int64_t got = zip_fread(file, *bytes, about.size); // checks the checksum at the end
    char beyond;
    bool whole = got == (zip_int64_t)about.size && zip_fread(file, &beyond, 1) == 0;
    (void)zip_fclose(file);
    *length = (size_t)about.size;
    return whole ? PART_READ : PART_DAMAGED;
}

// ---- Walking a part

struct gathered {
    char *text;
    size_t length;
    size_t room;
};

static bool name_in(const char *name, const char *const names[])
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

// What tracked changes removed, the second copy of a drawing for older programs, phonetic guides.
static const char *const left_out[] = {"del", "moveFrom", "Fallback", "rt", NULL};
// What separates words: the end of a paragraph or cell, a tab, a break, a symbol of another font.
static const char *const separating[] = {"p",  "tc",  "tab",           "ptab",       "br",
                                         "cr", "sym", "noBreakHyphen", "softHyphen", NULL};

static void gather(struct gathered *gathered, const char *text, size_t length)
{
    assert(gathered->length + length <= gathered->room);
    memcpy(gathered->text + gathered->length, text, length);
    gathered->length += length;
}

// The text of <w:t> and <m:t>, into which no other element goes.
struct walk {
    struct gathered *gathered;
    bool in_text;
};

static void node_take(struct walk *walk, xmlTextReaderPtr reader, int type, const char *name)
{
    if (type == XML_READER_TYPE_ELEMENT) {
        walk->in_text = strcmp(name, "t") == 0 && xmlTextReaderIsEmptyElement(reader) == 0;
        if (name_in(name, separating)) {
            gather(walk->gathered, "\n", 1);
        }
    } else if (type == XML_READER_TYPE_END_ELEMENT) {
        walk->in_text = false;
        if (name_in(name, separating)) {
            gather(walk->gathered, "\n", 1);
        }
    } else if (walk->in_text && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                                 type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
        const char *text = (const char *)xmlTextReaderConstValue(reader);
        gather(walk->gathered, text, strlen(text));
    }
}

// False: the XML is not well-formed.
static bool part_walk(const char *bytes, size_t length, struct gathered *gathered)
{
    xmlTextReaderPtr reader = xmlReaderForMemory(
        bytes, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (reader == NULL) {
        return false;
    }
    struct walk walk = {.gathered = gathered};
    int more = xmlTextReaderRead(reader);
    while (more == 1) {
        const char *name = (const char *)xmlTextReaderConstLocalName(reader);
        int type = xmlTextReaderNodeType(reader);
        if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
            more = -1; // no part of a DOCX has one; entities could blow it up
        } else if (type == XML_READER_TYPE_ELEMENT && name != NULL && name_in(name, left_out)) {
            more = xmlTextReaderNext(reader); // past all that is in it
        } else {
            node_take(&walk, reader, type, name != NULL ? name : "");
            more = xmlTextReaderRead(reader);
        }
    }
    xmlFreeTextReader(reader);
    return more == 0;
}

// ---- The document

// No encoding that libxml2 reads has a character of one byte that takes more than three in UTF-8.
enum { GROWTH = 3 };

// Footnotes and endnotes lie beside the main part.
static const char *const parts[] = {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"};

static bool parts_gather(zip_t *archive, struct arena *arena, struct gathered *gathered,
                         struct settings_error *error)
{
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        char *bytes = NULL;
        size_t length = 0;
        enum part_end end = part_read(archive, parts[i], arena, &bytes, &length);
        if (end == PART_ABSENT && i > 0) {
            continue;
        }
        if (end != PART_READ) {
            return damaged(error);
        }
        size_t room = gathered->length + length * GROWTH + 1;
        char *larger = arena_alloc(arena, room);
        if (gathered->length > 0) {
            memcpy(larger, gathered->text, gathered->length);
        }
        *gathered = (struct gathered){larger, gathered->length, room};
        gather(gathered, "\n", 1);
        if (!part_walk(bytes, length, gathered)) {
            return damaged(error);
        }
    }
    return true;
}

bool document_docx_text(const char *bytes, size_t length, struct arena *arena, const char **text,
                        size_t *text_length, struct settings_error *error)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &why);
    zip_t *archive = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    zip_error_fini(&why);
    if (archive == NULL) {
        zip_source_free(source);
        return damaged(error);
    }
    struct gathered gathered = {0};
    bool good = parts_gather(archive, arena, &gathered, error);
    zip_discard(archive);
    *text = gathered.text;
    *text_length = gathered.length;
    return good;
}
