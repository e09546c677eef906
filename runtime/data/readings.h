/* readings.h: what was read stays, so that a file is read once, however many data sets name it. */
#ifndef NNLC_RUNTIME_DATA_READINGS_H
#define NNLC_RUNTIME_DATA_READINGS_H

#include "runtime/data/source.h"

typedef struct RtReadings RtReadings;

/* NULL: no memory. */
RtReadings *rt_readings_open(void);
void rt_readings_close(RtReadings *all); /* NULL: nothing */

/* What this source gives: read now, or before with the same arguments from the same files, which must not
 * have changed since. It belongs to `all`. A file that is not there: RT_ERROR, with *missing set. */
RtStatus rt_readings_get(RtReadings *all, const RtSourceDesc *source, const RtDirs *dirs,
                         bool facts_only, const RtReading **out, bool *missing,
                         RtError *error) RT_MUST_USE;

#endif
