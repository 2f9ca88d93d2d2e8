// SPDX-License-Identifier: Apache-2.0
//
// The public interface: a first manifest by a few questions.
#include "obstat_object.h"

#include "author/interview.h"

struct obstat_interview {
    object object;
    interview *interview;
};

typedef struct interview_call {
    obstat_interview **out;
    const obstat_rules *rules;
    obstat_interview *of;
    obstat_question *question;
    str answer;
    obstat_sink sink;
} interview_call;

static obstat_status begin(obstat_context *context, void *args) {
    const interview_call *call = args;
    obstat_interview *made = object_new(context, sizeof *made);
    made->interview = interview_new(&made->object.arena, &call->rules->rules);
    made->object.kept = true;
    *call->out = made;
    return OBSTAT_OK;
}

obstat_status obstat_interview_new(obstat_interview **out, obstat_context *context,
                                   const obstat_rules *rules) {
    if (!out || !rules) return OBSTAT_E_USAGE;
    *out = NULL;
    return object_call(context, begin, &(interview_call){.out = out, .rules = rules});
}

void obstat_interview_free(obstat_interview *of) {
    if (of) object_free(&of->object);
}

static obstat_status next(obstat_context *context, void *args) {
    const interview_call *call = args;
    arena *a = &call->of->object.arena;
    interview_question q;
    (void)context;
    if (!interview_next(call->of->interview, &q)) return OBSTAT_OK;
    obstat_text *choices = arena_array(a, obstat_text, q.choice_count);
    for (size_t i = 0; i < q.choice_count; i++)
        choices[i] = object_text_of(q.choices[i]);
    *call->question = (obstat_question){.asked = true,
                                        .path = object_text_of(q.path),
                                        .subject = object_text_of(q.subject),
                                        .ask = object_text_of(q.ask),
                                        .meaning = object_text_of(q.meaning),
                                        .form = object_text_of(q.form),
                                        .none = object_text_of(q.none),
                                        .choices = choices,
                                        .choice_count = q.choice_count,
                                        .several = q.several,
                                        .names_markets = q.names_markets};
    return OBSTAT_OK;
}

obstat_status obstat_interview_next(obstat_question *out, obstat_interview *of) {
    if (!out || !of) return OBSTAT_E_USAGE;
    *out = (obstat_question){0};
    return object_call(of->object.context, next, &(interview_call){.of = of, .question = out});
}

static obstat_status answer(obstat_context *context, void *args) {
    const interview_call *call = args;
    diags d = {.arena = object_scratch(context)};
    if (interview_answer(call->of->interview, &d, call->answer)) return OBSTAT_OK;
    return object_diagnose(context, &d) == OBSTAT_OK ? OBSTAT_E_USAGE : OBSTAT_E_INPUT;
}

obstat_status obstat_interview_answer(obstat_interview *of, obstat_text text) {
    if (!of) return OBSTAT_E_USAGE;
    return object_call(of->object.context, answer,
                       &(interview_call){.of = of, .answer = object_text(text)});
}

static obstat_status put(obstat_context *context, void *args) {
    const interview_call *call = args;
    buf out = {.arena = object_scratch(context)};
    interview_write(&out, call->of->interview);
    return object_write(call->sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_interview_write(obstat_interview *of, obstat_sink sink) {
    if (!of) return OBSTAT_E_USAGE;
    return object_call(of->object.context, put, &(interview_call){.of = of, .sink = sink});
}
