/* signals.h: a signal that ends nnlc leaves nothing half-written. */
#ifndef NNLC_DRIVER_SIGNALS_H
#define NNLC_DRIVER_SIGNALS_H

/* From here on temporary files go before the process does. A limit on the size of files no longer ends it. */
void signals_begin(void);

#endif
