// scratch - see scratch.h
#include "tests/store/scratch.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void scratch_make(struct scratch *scratch)
{
    const char *base = getenv("TMPDIR");
    (void)snprintf(scratch->directory, sizeof(scratch->directory), "%s/award-store-XXXXXX",
                   base == NULL ? "/tmp" : base);
    cr_assert_not_null(mkdtemp(scratch->directory));
}

const char *scratch_path(const struct scratch *scratch, const char *name)
{
    static char path[2 * SCRATCH_PATH_BYTES];
    (void)snprintf(path, sizeof(path), "%s/%.200s", scratch->directory, name);
    return path;
}

void scratch_remove(struct scratch *scratch)
{
    DIR *directory = opendir(scratch->directory);
    cr_assert_not_null(directory);
    for (struct dirent *file = readdir(directory); file != NULL; file = readdir(directory)) {
        if (file->d_name[0] != '.') {
            (void)unlink(scratch_path(scratch, file->d_name));
        }
    }
    (void)closedir(directory);
    (void)rmdir(scratch->directory);
}

off_t scratch_size(const struct scratch *scratch, const char *name)
{
    struct stat file;
    cr_assert_eq(stat(scratch_path(scratch, name), &file), 0);
    return file.st_size;
}

size_t scratch_flip(const struct scratch *scratch, const char *name, const char *marker,
                    ptrdiff_t offset)
{
    size_t size = (size_t)scratch_size(scratch, name);
    char *bytes = malloc(size);
    FILE *file = fopen(scratch_path(scratch, name), "r+b");
    cr_assert(file != NULL && bytes != NULL);
    cr_assert_eq(fread(bytes, 1, size, file), size);
    size_t count = 0;
    char *from = bytes;
    char *found = NULL;
    while ((found = memmem(from, size - (size_t)(from - bytes), marker, strlen(marker))) != NULL) {
        found[offset] ^= 0x10;
        from = found + 1;
        count++;
    }
    rewind(file);
    cr_assert_eq(fwrite(bytes, 1, size, file), size);
    cr_assert_eq(fclose(file), 0);
    free(bytes);
    return count;
}

int scratch_child(int (*body)(void *context), void *context)
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        _exit(body(context));
    }
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status), "the child died of signal %d", WTERMSIG(status));
    return WEXITSTATUS(status);
}
