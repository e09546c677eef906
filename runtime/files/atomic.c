/* atomic.c: write beside, sync, rename. */
#include "runtime/files/atomic.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/data/store.h"

static void forget(RtFile *f)
{
    rt_beside_close(&f->place, &f->beside);
    rt_place_close(&f->place);
    if (f->special >= 0)
        close(f->special);
    rt_stream_close(f->stream);
    free(f->path);
    *f = (RtFile){.out = NULL};
}

/* 0, or the number of what is wrong. */
static int begin(const char *path, RtFile *f)
{
    int number = 0;
    f->path = rt_text_copy(path);
    if (!f->path)
        return ENOMEM;
    if (rt_place_is_special(path)) {
        f->special = rt_place_open_special(path);
        number = f->special < 0 ? errno : 0;
    } else {
        number = rt_place_find(path, &f->place);
        if (!number)
            number = rt_beside_open(&f->place, &f->beside);
    }
    if (number)
        return number;
    f->stream = rt_stream_open(f->special < 0 ? f->beside.fd : f->special);
    if (!f->stream)
        return ENOMEM;
    f->out = f->stream->out;
    return 0;
}

RtStatus rt_file_begin(const char *path, RtFile *file, RtError *error)
{
    RtFile f = {.special = -1, .place.folder = -1, .beside.fd = -1};
    int number = begin(path, &f);
    if (number) {
        forget(&f);
        return rt_place_fail(path, number, error);
    }
    *file = f;
    return RT_OK;
}

RtStatus rt_file_check(const char *path, RtError *error)
{
    RtFile file;
    if (rt_place_is_special(path))
        return RT_OK;
    RtStatus status = rt_file_begin(path, &file, error);
    if (status == RT_OK)
        rt_file_abandon(&file);
    return status;
}

/* The name is changed before the file is closed: until then its lock keeps others from removing it. */
static int put_in_place(RtFile *f)
{
    int number = f->stream->number;
    rt_place_look(&f->place);
    if (!number)
        number = rt_place_take_over(&f->place, f->beside.fd, false);
    if (!number)
        number = rt_fd_sync(f->beside.fd);
    if (!number)
        number = rt_beside_rename(&f->place, &f->beside);
    return number ? number : rt_place_sync(&f->place);
}

RtStatus rt_file_commit(RtFile *f, RtError *error)
{
    rt_stream_flush(f->stream);
    int number = f->stream->number;
    if (f->special < 0)
        number = put_in_place(f);
    else if (close(f->special) != 0 && !number)
        number = errno;
    f->special = -1;
    RtStatus status = number ? rt_place_fail(f->path, number, error) : RT_OK;
    forget(f);
    return status;
}

void rt_file_abandon(RtFile *f)
{
    forget(f);
}
