/* habits.c: the FORM rows of support/habits.def against the tokens around a syntax error. */
#include "support/habits.h"

#include <string.h>

#include "parser/build.h"

enum { MOST_ELEMENTS = 12, ELEMENT_MAX = 24, FAR = 32 };

typedef struct Match {
    const Token *tokens;    /* of the whole file */
    size_t n, begin, error; /* the statement's first token, the one where the error is */
    TokenKind open;         /* the innermost open bracket */
    const Token *found[MOST_ELEMENTS];
    int n_found;
} Match;

static const char *token_text(const Token *t)
{
    return t->kind == TOK_name ? t->text : token_kind_text(t->kind);
}

/* The next element of a pattern; false at its end. */
static bool next_element(const char **pattern, char element[ELEMENT_MAX])
{
    size_t n = strcspn(*pattern, " ");
    if (!n || n >= ELEMENT_MAX)
        return false;
    memcpy(element, *pattern, n);
    element[n] = 0;
    *pattern += n + ((*pattern)[n] == ' ');
    return true;
}

static bool token_fits(const Match *m, const char *element, size_t at)
{
    const Token *t = &m->tokens[at];
    if (*element == '!') {
        if (at != m->error)
            return false;
        element++;
    }
    if (!*element)
        return true;
    if (!strcmp(element, "NAME"))
        return t->kind == TOK_name && !t->reserved;
    return !strcmp(element, token_text(t));
}

/* The rest of a pattern against the tokens from `at` on. */
static bool fits(Match *m, const char *pattern, size_t at)
{
    char element[ELEMENT_MAX];
    int k = m->n_found;
    if (!next_element(&pattern, element))
        return true;
    if (k >= MOST_ELEMENTS)
        return false;
    m->n_found = k + 1;
    if (!strcmp(element, "...")) {
        m->found[k] = NULL;
        for (; at < m->n && at <= m->error; at++) {
            m->n_found = k + 1;
            if (fits(m, pattern, at))
                return true;
        }
        return false;
    }
    if (at >= m->n || !token_fits(m, element, at))
        return false;
    m->found[k] = &m->tokens[at];
    return fits(m, pattern, at + 1);
}

static bool form_fits(Match *m, const char *pattern)
{
    bool anchored = false;
    if (*pattern == '{') {
        if (m->open != TOK_lbrace)
            return false;
        pattern += 2;
    }
    if (*pattern == '^') {
        anchored = true;
        pattern += 2;
    }
    size_t first = anchored || m->error - m->begin < FAR ? m->begin : m->error - FAR;
    for (size_t at = first; at <= m->error; at++) {
        m->n_found = 0;
        if (fits(m, pattern, at))
            return true;
        if (anchored)
            return false;
    }
    return false;
}

static bool is_expected(const char *text, const char *const *names, int n)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(text, names[i]))
            return true;
    return !*text;
}

/* The help with the texts of the tokens that were found. */
static const char *filled(const Parse *p, const Match *m, const char *help)
{
    const char *out = "";
    for (size_t n; *help; help += n) {
        int k = help[0] == '$' ? help[1] - '1' : -1;
        if (k >= 0 && k < m->n_found && m->found[k]) {
            n = 2;
            out = arena_printf(p->cx->arena, "%s%s", out, token_text(m->found[k]));
        } else {
            n = 1 + strcspn(help + 1, "$");
            out = arena_printf(p->cx->arena, "%s%.*s", out, (int)n, help);
        }
    }
    return out;
}

/* The place of the token that was handed out last among those of the file. */
static size_t place_of(const Parse *p)
{
    size_t n = p->filter.tokens->list.n, i = p->filter.at < n ? p->filter.at : n - 1;
    while (i && p->filter.tokens->list.at[i].range.begin > p->now.range.begin)
        i--;
    return i;
}

bool parse_habit(Parse *p, const char *const *names, int n)
{
    size_t n_forms;
    const HabitForm *forms = habit_forms(&n_forms);
    Match m = {.tokens = p->filter.tokens->list.at, .n = p->filter.tokens->list.n};
    m.error = m.begin = place_of(p);
    m.open = p->filter.open.n ? vec_last(&p->filter.open).kind : TOK_end;
    while (m.begin && m.tokens[m.begin - 1].kind != TOK_newline &&
           m.tokens[m.begin - 1].kind != TOK_lbrace)
        m.begin--;
    for (size_t i = 0; i < n_forms; i++) {
        if (!is_expected(forms[i].expected, names, n) || !form_fits(&m, forms[i].pattern))
            continue;
        const char *help = filled(p, &m, forms[i].help);
        if (*forms[i].instead)
            diag_fix(p->cx->diags, p->now.range, forms[i].instead, "%s", help);
        else
            diag_help(p->cx->diags, "%s", help);
        return true;
    }
    return false;
}
