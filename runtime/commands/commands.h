/* commands.h: one function per row of runtime/abi/commands.def that is built. */
#ifndef NNLC_RUNTIME_COMMANDS_COMMANDS_H
#define NNLC_RUNTIME_COMMANDS_COMMANDS_H

#include "runtime/train/outputs.h"
#include "runtime/train/side.h"
#include "runtime/train/training.h"

/* The weights of a model that the program holds, or that its file has; RT_ERROR without a message: neither. */
RtStatus rt_model_start(RtRun *run, RtModel *m);
/* Those of all models that come from files. */
RtStatus rt_models_start(RtRun *run);
/* Opens a side (see there), in which models that come from files have their weights. */
RtStatus rt_side_start(RtSide *side, const RtRun *of, uint32_t instance, RtLane lane);
/* All commands in order. */
RtStatus rt_commands_run(RtRun *run);
/* Runs one command. RT_END: interrupted; RT_ERROR: it went wrong; run->error says where and what. */
RtStatus rt_command_run(RtRun *run, const ImgCommand *c);
/* The commands begin .. end; `stop` ends them. */
RtStatus rt_run_lines(RtRun *run, uint32_t begin, uint32_t end);

RtStatus rt_command_summary(RtRun *run, const ImgCommand *c);
RtStatus rt_command_describe(RtRun *run, const ImgCommand *c);
RtStatus rt_command_show(RtRun *run, const ImgCommand *c);
RtStatus rt_command_compile(RtRun *run, const ImgCommand *c);
RtStatus rt_command_fit(RtRun *run, const ImgCommand *c);
RtStatus rt_command_sweep(RtRun *run, const ImgCommand *c);
RtStatus rt_command_cross_validate(RtRun *run, const ImgCommand *c);
RtStatus rt_command_adapt(RtRun *run, const ImgCommand *c);
RtStatus rt_command_reset(RtRun *run, const ImgCommand *c);
RtStatus rt_command_stop(RtRun *run, const ImgCommand *c);
RtStatus rt_command_evaluate(RtRun *run, const ImgCommand *c);
RtStatus rt_command_predict(RtRun *run, const ImgCommand *c);
RtStatus rt_command_save(RtRun *run, const ImgCommand *c);
RtStatus rt_command_load(RtRun *run, const ImgCommand *c);
RtStatus rt_command_plot(RtRun *run, const ImgCommand *c);
RtStatus rt_command_print(RtRun *run, const ImgCommand *c);
RtStatus rt_command_expect(RtRun *run, const ImgCommand *c);

/* A line of --log, if there is one: an epoch that is over, or the figures of an evaluation. */
RtStatus rt_log_epoch(const RtTraining *t);
RtStatus rt_log_evaluation(RtRun *run, const ImgCommand *c, const RtStep *s, double seconds);
/* The figures of one of several trainings, number k from 0: `what`: "fold". */
RtStatus rt_log_one(RtRun *run, const ImgCommand *c, const char *what, uint32_t k, uint32_t all,
                    const RtMeasure *figures, uint32_t n, double seconds);
/* report = true: how good the predictions of evaluate's part are, as tables. */
RtStatus rt_evaluate_report(RtRun *run, const ImgCommand *c);
/* Can predictions be written there, as far as the name tells? NULL: to standard output. */
RtStatus rt_predictions_check(RtRun *run, const char *path);
/* The same where columns are kept: not .npy. */
RtStatus rt_predictions_keep_check(RtRun *run, const char *path);
/* Does the command write a file that it names? */
bool rt_command_writes(const ImgCommand *c);
/* Can all commands write where they want to? Changes no file. */
RtStatus rt_outputs_check(RtRun *run);
/* May --log and --checkpoint be written: are they no file that the run reads, and not one? Before anything is opened. */
RtStatus rt_settings_check(RtRun *run);
/* The bytes that run->reserve needs for all that the program and the command line want saved; 0: nothing is. */
size_t rt_saving_bytes(const RtRun *run);
/* Predictions as .npy, .csv or .jsonl; path NULL: CSV to standard output. */
RtStatus rt_predictions_write(RtRun *run, const RtOutputs *o, const char *path);

#endif
