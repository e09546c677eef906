/* folders.h: folders that a file needs. */
#ifndef NNLC_RUNTIME_FILES_FOLDERS_H
#define NNLC_RUNTIME_FILES_FOLDERS_H

#include "runtime/abi/status.h"

/* Makes the folders in front of the last '/' of the path, those that are not there yet. */
RtStatus rt_folders_make(const char *path, RtError *error) RT_MUST_USE;
/* Could a file be written there, its folders made? Makes nothing. A path with fields in {} counts up to the first. */
RtStatus rt_folders_check(const char *path, RtError *error) RT_MUST_USE;

#endif
