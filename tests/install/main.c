/* SPDX-License-Identifier: Apache-2.0
 * A program of somebody else's: links the installed library, evaluates an expression and prints its
 * value. It knows the public header alone. */
#include <obstat/obstat.h>
#include <stdio.h>

static bool print(void *ctx, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, ctx) == length;
}

int main(void) {
    obstat_config config = {.size = sizeof config};
    obstat_context *context = NULL;
    obstat_sink out = {print, stdout};
    if (obstat_context_new(&context, &config) != OBSTAT_OK) return 1;
    obstat_evaluation what = {.size = sizeof what, .expression = "size('nihil' + 'obstat')"};
    obstat_status status = obstat_eval(context, &what, out);
    obstat_context_free(context);
    return status == OBSTAT_OK ? 0 : 1;
}
