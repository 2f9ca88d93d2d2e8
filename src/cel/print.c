// SPDX-License-Identifier: Apache-2.0
//
// An expression as CEL text, in one form: brackets only where the grammar needs them, texts in
// single quotes. Reading it again gives the same tree.
#include "base/num.h"
#include "cel/lex.h"

#include <string.h>

// How tightly the parts of an expression hold together.
enum { AT_CHOICE, AT_OR, AT_AND, AT_RELATION, AT_SUM, AT_PRODUCT, AT_UNARY, AT_MEMBER };

static const struct sign {
    const char *function, *text;
    int level;
} signs[] = {
    {"_==_", "==", AT_RELATION}, {"_!=_", "!=", AT_RELATION}, {"_<_", "<", AT_RELATION},
    {"_<=_", "<=", AT_RELATION}, {"_>_", ">", AT_RELATION},   {"_>=_", ">=", AT_RELATION},
    {"@in", "in", AT_RELATION},  {"_+_", "+", AT_SUM},        {"_-_", "-", AT_SUM},
    {"_*_", "*", AT_PRODUCT},    {"_/_", "/", AT_PRODUCT},    {"_%_", "%", AT_PRODUCT},
};

static const struct sign *sign_of(const expr *e) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (!e->u.call.target && str_is(e->u.call.function, signs[i].function)) return &signs[i];
    return NULL;
}

static bool calls(const expr *e, const char *function) {
    return e->kind == EXPR_CALL && !e->u.call.target && str_is(e->u.call.function, function);
}

static int level_of(const expr *e) {
    switch ((expr_kind)e->kind) {
    case EXPR_COND: return AT_CHOICE;
    case EXPR_OR: return AT_OR;
    case EXPR_AND: return AT_AND;
    case EXPR_NOT: return AT_UNARY;
    case EXPR_CALL: {
        const struct sign *s = sign_of(e);
        return s ? s->level : calls(e, "-_") ? AT_UNARY : AT_MEMBER;
    }
    default: return AT_MEMBER;
    }
}

static void print(buf *out, const expr *e, int least);

// --- literals

static void add_escaped(buf *out, str s, bool bytes) {
    static const char letters[] = "abfnrtv\\'", meanings[] = "\a\b\f\n\r\t\v\\'";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        const char *special = c ? strchr(meanings, (char)c) : NULL;
        if (special)
            buf_addf(out, "\\%c", letters[special - meanings]);
        else if (c < 0x20 || c == 0x7f || (bytes && c >= 0x80))
            buf_addf(out, "\\x%02x", c);
        else
            buf_addc(out, (char)c);
    }
}

static void add_double(buf *out, double d) {
    str s = num_print_double(out->arena, d);
    buf_add(out, s);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '.' || s.ptr[i] == 'e' || s.ptr[i] == 'E') return;
    buf_adds(out, ".0");
}

static void print_literal(buf *out, value v) {
    switch ((value_kind)v.kind) {
    case VALUE_NULL: buf_adds(out, "null"); break;
    case VALUE_BOOL: buf_adds(out, v.u.b ? "true" : "false"); break;
    case VALUE_INT: buf_addf(out, "%lld", (long long)v.u.i); break;
    case VALUE_UINT: buf_addf(out, "%lluu", (unsigned long long)v.u.u); break;
    case VALUE_DOUBLE: add_double(out, v.u.d); break;
    case VALUE_STRING:
    case VALUE_BYTES:
        buf_adds(out, v.kind == VALUE_BYTES ? "b'" : "'");
        add_escaped(out, (str){v.u.s, v.n}, v.kind == VALUE_BYTES);
        buf_addc(out, '\'');
        break;
    case VALUE_DATE: // made by the layer above, from a date of a policy
        buf_addf(out, "date('%.*s')", STR_ARG(day_print(out->arena, (day)v.u.i)));
        break;
    case VALUE_PERIOD:
        buf_addf(out, "period('%.*s')", STR_ARG(period_print(out->arena, *v.u.period)));
        break;
    case VALUE_MONEY:
        buf_addf(out, "money('%.*s')", STR_ARG(money_print(out->arena, *v.u.money)));
        break;
    default: buf_adds(out, "…"); break; // cannot be written
    }
}

// --- members

static void print_field(buf *out, str field) {
    bool plain = field.len && is_name_start(field.ptr[0]) && !is_keyword(field);
    for (size_t i = 0; i < field.len; i++)
        plain = plain && is_name_part(field.ptr[i]);
    buf_addf(out, plain ? "%.*s" : "`%.*s`", STR_ARG(field));
}

static void print_select(buf *out, const expr *e) {
    if (e->test) buf_adds(out, "has(");
    print(out, e->u.select.operand, AT_MEMBER);
    buf_adds(out, e->optional ? ".?" : ".");
    print_field(out, e->u.select.field);
    if (e->test) buf_addc(out, ')');
}

static void print_args(buf *out, expr *const *args, uint32_t count) {
    buf_addc(out, '(');
    for (uint32_t i = 0; i < count; i++) {
        if (i) buf_adds(out, ", ");
        print(out, args[i], AT_CHOICE);
    }
    buf_addc(out, ')');
}

// A minus before a number would become part of the number.
static bool begins_with_number(const expr *e) {
    while (true) {
        if (e->kind == EXPR_LITERAL)
            return (e->u.literal.kind == VALUE_INT && e->u.literal.u.i >= 0) ||
                   (e->u.literal.kind == VALUE_DOUBLE && e->u.literal.u.d >= 0);
        if (e->kind == EXPR_SELECT && !e->test)
            e = e->u.select.operand;
        else if (e->kind == EXPR_MACRO && e->op != MACRO_BIND)
            e = e->u.macro.range;
        else if (e->kind == EXPR_CALL && e->u.call.target)
            e = e->u.call.target;
        else if (calls(e, "_[_]") || calls(e, "_[?_]"))
            e = e->u.call.args[0];
        else
            return false;
    }
}

static void print_call(buf *out, const expr *e) {
    expr *const *args = e->u.call.args;
    const struct sign *s = sign_of(e);
    if (s) {
        print(out, args[0], s->level);
        buf_addf(out, " %s ", s->text);
        print(out, args[1], s->level + 1);
    } else if (calls(e, "-_")) {
        buf_addc(out, '-');
        print(out, args[0], begins_with_number(args[0]) ? AT_MEMBER + 1 : AT_UNARY);
    } else if (calls(e, "_[_]") || calls(e, "_[?_]")) {
        print(out, args[0], AT_MEMBER);
        buf_adds(out, calls(e, "_[_]") ? "[" : "[?");
        print(out, args[1], AT_CHOICE);
        buf_addc(out, ']');
    } else {
        if (e->u.call.target) {
            print(out, e->u.call.target, AT_MEMBER);
            buf_addc(out, '.');
        }
        buf_add(out, e->u.call.function);
        print_args(out, args, e->u.call.count);
    }
}

static void print_macro(buf *out, const expr *e) {
    static const char *const names[] = {
        "all",  "exists",        "exists_one",   "filter",
        "map",  "transformList", "transformMap", "transformMapEntry",
        "bind", "optMap",        "optFlatMap"};
    bool two = e->u.macro.vars[1].len > 0;
    if (e->op == MACRO_BIND)
        buf_adds(out, "cel");
    else
        print(out, e->u.macro.range, AT_MEMBER);
    buf_addf(out, ".%s(%.*s, ", e->op == MACRO_EXISTS_ONE && two ? "existsOne" : names[e->op],
             STR_ARG(e->u.macro.vars[0]));
    if (two) buf_addf(out, "%.*s, ", STR_ARG(e->u.macro.vars[1]));
    const expr *middle = e->op == MACRO_BIND ? e->u.macro.range : e->u.macro.filter;
    if (middle) {
        print(out, middle, AT_CHOICE);
        buf_adds(out, ", ");
    }
    print(out, e->u.macro.body, AT_CHOICE);
    buf_addc(out, ')');
}

static void print_entries(buf *out, const expr *e) {
    buf_addc(out, e->kind == EXPR_LIST ? '[' : '{');
    for (uint32_t i = 0; i < e->u.list.count; i++) {
        const expr_entry *entry = &e->u.list.entries[i];
        if (i) buf_adds(out, ", ");
        if (entry->optional) buf_addc(out, '?');
        if (entry->key) {
            print(out, entry->key, AT_CHOICE);
            buf_adds(out, ": ");
        }
        print(out, entry->value, AT_CHOICE);
    }
    buf_addc(out, e->kind == EXPR_LIST ? ']' : '}');
}

// For reading only: cases cannot be written in an expression.
static void print_cases(buf *out, const expr *e) {
    buf_adds(out, "cases(");
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        const expr_case *c = &e->u.cases.cases[i];
        if (i) buf_adds(out, ", ");
        if (c->has_from) buf_addf(out, "from %.*s ", STR_ARG(day_print(out->arena, c->from)));
        if (c->has_until) buf_addf(out, "until %.*s ", STR_ARG(day_print(out->arena, c->until)));
        if (c->when) {
            buf_adds(out, "when ");
            print(out, c->when, AT_CHOICE);
            buf_addc(out, ' ');
        }
        buf_adds(out, "is ");
        print(out, c->value, AT_CHOICE);
    }
    buf_addc(out, ')');
}

static void print_logic(buf *out, const expr *e, const char *sign, int level) {
    print(out, e->u.logic.a, level);
    buf_adds(out, sign);
    print(out, e->u.logic.b, level);
}

static void print_bare(buf *out, const expr *e) {
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL: print_literal(out, e->u.literal); break;
    case EXPR_IDENT: buf_add(out, e->u.ident.name); break;
    case EXPR_SELECT: print_select(out, e); break;
    case EXPR_CALL: print_call(out, e); break;
    case EXPR_NOT:
        buf_addc(out, '!');
        print(out, e->u.logic.a, AT_UNARY);
        break;
    case EXPR_AND: print_logic(out, e, " && ", AT_AND); break;
    case EXPR_OR: print_logic(out, e, " || ", AT_OR); break;
    case EXPR_COND:
        print_logic(out, &(expr){.u.logic = {e->u.logic.a, e->u.logic.b, NULL}}, " ? ", AT_OR);
        buf_adds(out, " : ");
        print(out, e->u.logic.c, AT_CHOICE);
        break;
    case EXPR_LIST:
    case EXPR_MAP: print_entries(out, e); break;
    case EXPR_MACRO: print_macro(out, e); break;
    case EXPR_CASES: print_cases(out, e); break;
    }
}

static void print(buf *out, const expr *e, int least) {
    bool brackets = level_of(e) < least;
    if (brackets) buf_addc(out, '(');
    print_bare(out, e);
    if (brackets) buf_addc(out, ')');
}

void cel_print(buf *out, const expr *e) {
    print(out, e, AT_CHOICE);
}
