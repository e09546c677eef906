set pagination off
set confirm off
set debuginfod enabled off
set breakpoint pending on
break parts.nn:6
run
backtrace 1
kill
