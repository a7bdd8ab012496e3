// change_tree - a B+ tree of changes, with the telling bytes of each key in its node
//
// All keys of a node begin alike for `common` bytes, which stand in it as `prefix`; `heads` are the
// eight bytes behind those, as a number that sorts as they do. Only where two heads are the same
// are the keys themselves looked at. A full node is halved on the way down, so that a parent always
// has room for one more; a leaf that is full and is added to at its end is left full, since keys
// that come in order go on behind it.
#include "rules/change_tree.h"

#include "rules/view.h"

#include <assert.h>
#include <string.h>

enum { SLOTS = 32, PREFIX_BYTES_MAX = 48, HEAD_BYTES = 8, ROOM_ROUNDED = 16 };

struct slots {
    uint16_t count;
    uint16_t common; // bytes that all keys begin with, or the most of them that have room
    bool leaf;
    uint8_t prefix[PREFIX_BYTES_MAX];
    uint64_t heads[SLOTS];
    struct change *changes[SLOTS];
};

struct change_leaf {
    struct slots slots; // first, so that slots lead to their leaf
    struct change_leaf *next;
};

// Under slot i lie the keys from its own up to the next slot's; under the first, all before too.
struct branch {
    struct slots slots; // first, as above
    struct slots *under[SLOTS];
};

struct change_tree {
    struct arena *arena;
    struct slots *root; // NULL: empty
    struct change_leaf *first;
    struct change_leaf *recent; // that was put into last: what comes next is often its neighbour
};

// ---- The slots of a node

static uint64_t head_of(struct bytes key, size_t common)
{
    uint64_t head = 0;
    size_t left = key.size - common;
    if (left >= HEAD_BYTES) {
        memcpy(&head, key.data + common, HEAD_BYTES);
        return __builtin_bswap64(head);
    }
    for (size_t i = 0; i < left; i++) {
        head |= (uint64_t)key.data[common + i] << (8 * (HEAD_BYTES - 1 - i));
    }
    return head;
}

static size_t common_bytes(struct bytes one, struct bytes other, size_t most)
{
    most = most < one.size ? most : one.size;
    most = most < other.size ? most : other.size;
    size_t common = 0;
    while (common < most && one.data[common] == other.data[common]) {
        common++;
    }
    return common;
}

static void heads_fill(struct slots *slots)
{
    for (size_t i = 0; i < slots->count; i++) {
        slots->heads[i] = head_of(slots->changes[i]->key, slots->common);
    }
}

// Of keys in order, the first and the last have the least in common.
static void heads_renew(struct slots *slots)
{
    assert(slots->count > 0);
    struct bytes first = slots->changes[0]->key;
    struct bytes last = slots->changes[slots->count - 1]->key;
    slots->common = (uint16_t)common_bytes(first, last, PREFIX_BYTES_MAX);
    memcpy(slots->prefix, first.data, slots->common);
    heads_fill(slots);
}

// How many slots have keys before this one, or (`with`) this key itself.
static size_t slots_before(const struct slots *slots, struct bytes key, bool with)
{
    size_t common = slots->common;
    int order = memcmp(key.data, slots->prefix, key.size < common ? key.size : common);
    if (order != 0 || key.size < common) {
        return order > 0 ? slots->count : 0;
    }
    uint64_t head = head_of(key, common);
    size_t low = 0;
    size_t high = slots->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        order = (slots->heads[middle] > head) - (slots->heads[middle] < head);
        if (order == 0) {
            order = view_key_compare(slots->changes[middle]->key, key);
        }
        if (order < 0 || (order == 0 && with)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct branch *branch_of(struct slots *slots)
{
    assert(!slots->leaf);
    return (struct branch *)slots;
}

static struct change_leaf *leaf_of(struct slots *slots)
{
    assert(slots->leaf);
    return (struct change_leaf *)slots;
}

static void slot_insert(struct slots *slots, size_t at, struct change *change)
{
    assert(slots->count < SLOTS && at <= slots->count);
    memmove(&slots->changes[at + 1], &slots->changes[at],
            (slots->count - at) * sizeof(*slots->changes));
    memmove(&slots->heads[at + 1], &slots->heads[at], (slots->count - at) * sizeof(*slots->heads));
    slots->changes[at] = change;
    slots->count++;
    if (slots->count == 1) {
        heads_renew(slots);
        return;
    }
    struct bytes prefix = {slots->prefix, slots->common};
    size_t common = common_bytes(prefix, change->key, slots->common);
    if (common != slots->common) {
        slots->common = (uint16_t)common;
        heads_fill(slots);
    }
    slots->heads[at] = head_of(change->key, slots->common);
}

// ---- Growing

static struct slots *leaf_create(struct change_tree *tree)
{
    struct change_leaf *leaf = arena_alloc(tree->arena, sizeof(*leaf));
    leaf->slots.leaf = true;
    return &leaf->slots;
}

static struct slots *branch_create(struct change_tree *tree)
{
    struct branch *branch = arena_alloc(tree->arena, sizeof(*branch));
    return &branch->slots;
}

// Moves the slots from `kept` on into a new node behind it.
static struct slots *slots_split(struct change_tree *tree, struct slots *slots, size_t kept)
{
    struct slots *behind = slots->leaf ? leaf_create(tree) : branch_create(tree);
    behind->count = (uint16_t)(slots->count - kept);
    memcpy(behind->changes, &slots->changes[kept], behind->count * sizeof(*slots->changes));
    if (slots->leaf) {
        leaf_of(behind)->next = leaf_of(slots)->next;
        leaf_of(slots)->next = leaf_of(behind);
    } else {
        memcpy(branch_of(behind)->under, &branch_of(slots)->under[kept],
               behind->count * sizeof(struct slots *));
    }
    slots->count = (uint16_t)kept;
    heads_renew(slots);
    heads_renew(behind);
    return behind;
}

// Halves the full node under a slot, or leaves it full where the key belongs at its end.
static void under_split(struct change_tree *tree, struct branch *branch, size_t at,
                        struct bytes key)
{
    struct slots *full = branch->under[at];
    bool at_end = slots_before(full, key, false) == SLOTS;
    struct slots *behind = slots_split(tree, full, at_end ? SLOTS - 1 : SLOTS / 2);
    if (at == 0) { // keys before the slot's own lie under it: they may be the ones behind, too
        branch->slots.changes[0] = full->changes[0];
        heads_renew(&branch->slots);
    }
    memmove(&branch->under[at + 2], &branch->under[at + 1],
            (branch->slots.count - at - 1) * sizeof(*branch->under));
    slot_insert(&branch->slots, at + 1, behind->changes[0]);
    branch->under[at + 1] = behind;
}

static size_t branch_slot(const struct slots *slots, struct bytes key)
{
    size_t before = slots_before(slots, key, true);
    return before > 0 ? before - 1 : 0;
}

static void root_grow(struct change_tree *tree)
{
    struct slots *root = branch_create(tree);
    slot_insert(root, 0, tree->root->changes[0]);
    branch_of(root)->under[0] = tree->root;
    tree->root = root;
}

// The leaf where a key belongs, with room for one more.
static struct change_leaf *leaf_with_room(struct change_tree *tree, struct bytes key)
{
    if (tree->root == NULL) {
        tree->root = leaf_create(tree);
        tree->first = leaf_of(tree->root);
    }
    if (tree->root->count == SLOTS) {
        root_grow(tree);
    }
    struct slots *slots = tree->root;
    while (!slots->leaf) {
        struct branch *branch = branch_of(slots);
        size_t at = branch_slot(slots, key);
        if (branch->under[at]->count == SLOTS) {
            under_split(tree, branch, at, key);
            at = branch_slot(slots, key);
        }
        slots = branch->under[at];
    }
    return leaf_of(slots);
}

// Whether a key belongs into this leaf and there is room for it.
static bool leaf_takes(const struct change_leaf *leaf, struct bytes key)
{
    return leaf != NULL && leaf->slots.count < SLOTS && slots_before(&leaf->slots, key, true) > 0 &&
           (leaf->next == NULL || slots_before(&leaf->next->slots, key, true) == 0);
}

// ---- Changes

static void value_set(struct change *change, uint8_t *memory, struct bytes value)
{
    if (value.size > 0) {
        memcpy(memory, value.data, value.size);
    }
    change->value = (struct bytes){.data = memory, .size = value.size};
}

static size_t rounded(size_t size)
{
    return (size + ROOM_ROUNDED - 1) / ROOM_ROUNDED * ROOM_ROUNDED;
}

static struct change *change_create(struct arena *arena, struct bytes key, struct bytes value)
{
    size_t room = rounded(value.size);
    struct change *change = arena_reserve(arena, sizeof(*change) + room + key.size);
    uint8_t *memory = (uint8_t *)(change + 1);
    memcpy(memory + room, key.data, key.size);
    change->key = (struct bytes){.data = memory + room, .size = key.size};
    change->room = room;
    value_set(change, memory, value);
    return change;
}

// In place where there is room; else a new place for the value alone.
static void change_replace(struct arena *arena, struct change *change, struct bytes value)
{
    uint8_t *memory = (uint8_t *)(uintptr_t)change->value.data;
    if (value.size > change->room) {
        change->room = rounded(value.size);
        memory = arena_reserve(arena, change->room);
    }
    value_set(change, memory, value);
}

void change_tree_put(struct change_tree *tree, struct bytes key, struct bytes value)
{
    assert(key.data != NULL && key.size > 0 && key.size <= VIEW_KEY_BYTES_MAX);
    assert(value.data != NULL || value.size == 0);
    if (!leaf_takes(tree->recent, key)) {
        tree->recent = leaf_with_room(tree, key);
    }
    struct slots *slots = &tree->recent->slots;
    size_t at = slots->count > 0 ? slots_before(slots, key, false) : 0;
    if (at < slots->count && view_key_compare(slots->changes[at]->key, key) == 0) {
        change_replace(tree->arena, slots->changes[at], value);
    } else {
        slot_insert(slots, at, change_create(tree->arena, key, value));
    }
}

// ---- Reading

// The leaf where a key would be; the tree is not empty.
static struct change_leaf *leaf_for(const struct change_tree *tree, struct bytes key)
{
    struct slots *slots = tree->root;
    while (!slots->leaf) {
        slots = branch_of(slots)->under[branch_slot(slots, key)];
    }
    return leaf_of(slots);
}

const struct change *change_tree_find(const struct change_tree *tree, struct bytes key)
{
    if (tree->root == NULL) {
        return NULL;
    }
    const struct slots *slots = &leaf_for(tree, key)->slots;
    size_t at = slots_before(slots, key, false);
    bool found = at < slots->count && view_key_compare(slots->changes[at]->key, key) == 0;
    return found ? slots->changes[at] : NULL;
}

struct change_place change_tree_seek(const struct change_tree *tree, struct bytes from)
{
    if (tree->root == NULL || from.size == 0) {
        return (struct change_place){.leaf = tree->first, .slot = 0};
    }
    const struct change_leaf *leaf = leaf_for(tree, from);
    size_t slot = slots_before(&leaf->slots, from, false);
    return slot < leaf->slots.count ? (struct change_place){.leaf = leaf, .slot = slot}
                                    : (struct change_place){.leaf = leaf->next, .slot = 0};
}

const struct change *change_at(const struct change_place *place)
{
    return place->leaf != NULL ? place->leaf->slots.changes[place->slot] : NULL;
}

void change_step(struct change_place *place)
{
    place->slot++;
    if (place->slot == place->leaf->slots.count) {
        *place = (struct change_place){.leaf = place->leaf->next, .slot = 0};
    }
}

// ---- All of it

struct change_tree *change_tree_create(void)
{
    struct arena *arena = arena_create();
    struct change_tree *tree = arena_alloc(arena, sizeof(*tree));
    tree->arena = arena;
    return tree;
}

void change_tree_destroy(struct change_tree *tree)
{
    if (tree != NULL) {
        arena_destroy(tree->arena);
    }
}

size_t change_tree_bytes(const struct change_tree *tree)
{
    return tree->root != NULL ? arena_bytes(tree->arena) : 0;
}

bool change_tree_empty(const struct change_tree *tree)
{
    return tree->root == NULL;
}

// The tree itself lies in its arena, at the beginning.
void change_tree_clear(struct change_tree *tree)
{
    struct arena *arena = tree->arena;
    arena_reset(arena);
    struct change_tree *again = arena_alloc(arena, sizeof(*again));
    assert(again == tree);
    again->arena = arena;
}
