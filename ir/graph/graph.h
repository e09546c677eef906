/* graph.h: the graph IR: SSA over tensors. docs/ir.md says what every op means.
 *
 * A Graph holds nodes in an order in which every input stands before its uses; node->id is the
 * position. Roots are `write` and `output` nodes. A value's dims are constants c or multiples c*N of
 * the batch axis; at most one axis of a value carries N. The graph is built for batches of up to
 * `batch` rows (B); the rows of the present one are the scalar n.
 *
 * Nodes are made by graph_add (below) and the g_… builders (ir/graph/builder.h); both infer shape and
 * type through the op's shape rule, here and nowhere else. A node is never changed after it was
 * made: passes rebuild. What a pass must know per node goes into an array indexed by node id. */
#ifndef NNLC_IR_GRAPH_GRAPH_H
#define NNLC_IR_GRAPH_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/roles.h"
#include "runtime/abi/run_scalars.h"
#include "runtime/abi/shape.h"
#include "support/arena.h"
#include "support/attributes.h"
#include "support/diag.h"
#include "support/intern.h"
#include "support/places.h"
#include "support/strbuf.h"
#include "support/vec.h"

enum { MAX_RANK = RT_MAX_RANK, OP_MANY = 0xffff, MAX_ATTRS = 8 };

typedef enum {
#define OP(id, least, most, traits, family) OP_##id,
#include "ir/defs/ops.def"
    N_OPS
} Op;

typedef enum {
    OPT_PURE = 1,
    OPT_ELEMENTWISE = 2,
    OPT_VIEW = 4,
    OPT_SUMS = 8,
    OPT_COMMUTES = 16,
    OPT_CHEAP = 32,
    OPT_LATER = 64
} OpTraits;

/* A dimension: n, or n times the batch. Every node holds eight: without padding. */
typedef struct NNLC_PACKED Dim {
    int64_t n;
    bool batch;
} Dim;

typedef struct Shape {
    uint8_t rank;
    Dim dim[MAX_RANK];
} Shape;

typedef enum {
    ATTR_INT,
    ATTR_BOOL,
    ATTR_FLOAT,
    ATTR_TEXT,
    ATTR_DTYPE,
    ATTR_INTS,
    ATTR_SUM,
    ATTR_DIMS,
    ATTR_DATA,
    ATTR_GRAPH,
    ATTR_SCALAR
} AttrKind;

typedef struct IntList {
    uint32_t n;
    const int64_t *at;
} IntList;

/* How a sum is ordered (ir.md, Sums): G groups of V lanes; {0, 0} is "not set yet". */
typedef struct SumSplit {
    uint16_t groups, lanes;
} SumSplit;

/* Elements of a constant: row-major, in the node's dtype. splat: one element stands for all. */
typedef struct ConstData {
    const void *bytes;
    bool splat;
} ConstData;

typedef struct Graph Graph;

typedef union Attr {
    int64_t i; /* INT, BOOL; SCALAR: a RunScalar */
    double f;
    const char *text; /* interned */
    RtDtype dtype;
    IntList ints;
    SumSplit sum;
    const Shape *dims; /* of a node: its own shape */
    ConstData data;
    Graph *graph;
} Attr;

/* In which part of the work a node arose; shown in dumps, profiles and debug info. */
typedef enum { PART_data, PART_forward, PART_loss, PART_metric, PART_backward, PART_update } Part;

typedef struct Origin {
    const char *label; /* the layer's name, interned; NULL: none */
    Range range;       /* the layer's place in the .nn text */
    Part part;
} Origin;

typedef struct Node Node;
struct Node {
    uint32_t id;
    Op op;
    RtDtype dtype; /* of the result; write and output: of what they take */
    uint32_t n_in;
    Node *const *in;
    const Attr *attr; /* the op's attributes in the order of their rows */
    Origin origin;
    Shape shape;
};

/* Where the seed of a state's random stream comes from: the program's, a number, or one of the seeds that
 * the program gives (SCALAR_given_seed). */
typedef enum { INIT_SEED_program, INIT_SEED_number, INIT_SEED_given } InitSeed;

/* How a state starts: an initializer of runtime/abi/initializers.def with its arguments. */
typedef struct StateInit {
    const char *name; /* interned snake_case id; NULL: zeros */
    uint32_t n_args;
    const char *arg_name[6];
    double arg[6];
    InitSeed from;
    int64_t seed; /* the number, or that of the given seed */
} StateInit;

/* Which state of the program one is, in whatever graph. */
typedef struct StateKey {
    StateRole role;
    uint32_t owner; /* the instance, by its serial */
    uint32_t place; /* weight: of its layer in the instance; fitted: of its transform in the list */
    const char *what; /* interned: "kernel", "mean"; NULL: no other graph has this state */
} StateKey;

/* What the slot of a weight is called that holds its moving average. */
#define AVERAGE_SLOT "average"
/* ... and its mean, which changes places with it at the end of a fit. */
#define MEAN_SLOT "mean"
/* The initializer of a slot that begins anew with every fit, with value=. */
#define EACH_FIT "each_fit"

typedef struct State {
    const char *name; /* interned: "dense.kernel" */
    StateKey key;
    RtDtype dtype;
    Shape shape; /* no N */
    StateRole role;
    bool trainable;       /* weights only */
    const char *of;       /* slots: the name of the weight, interned; NULL: of none */
    uint32_t stage, kind; /* fitted: of which transform of the list, which of its values, ... */
    const char *fitted;   /* ... and what they are called: "mean"; not in the text form */
    StateInit init;
    Origin origin;
} State;

struct Graph {
    Arena *arena;
    Interner *names;
    Diags *diags;
    const char *name;
    int64_t batch; /* B */
    Vec(Node *) nodes;
    Vec(State) states;
    Places state_places; /* by name */
    bool shares_states;  /* with the graph it was made like: copied before one is added */
};

typedef struct OpInfo {
    const char *name;
    uint16_t least, most; /* inputs; most may be OP_MANY */
    uint32_t traits;
    uint32_t n_attrs;
    const char *const *attr_name;
    const AttrKind *attr_kind;
    const char *const *attr_default; /* in the text form's notation */
} OpInfo;

const OpInfo *op_info(Op op);
/* The op with this name, or N_OPS. */
Op op_named(const char *name);
/* The index of an attribute in Node.attr; a bug if the op has none of this name. */
unsigned op_attr_index(Op op, const char *name);

static inline bool node_is(const Node *n, uint32_t trait)
{
    return (op_info(n->op)->traits & trait) == trait;
}
static inline const Attr *node_attr(const Node *n, const char *name)
{
    return &n->attr[op_attr_index(n->op, name)];
}
static inline bool node_is_root(const Node *n)
{
    return n->op == OP_write || n->op == OP_output;
}

Graph *graph_new(Arena *arena, Interner *names, Diags *diags, const char *name, int64_t batch);
/* Declares a state. A second one of the same name is our bug. */
const State *graph_state_add(Graph *g, State s);
/* < 0, 0, > 0, for sorting; 0: the same state of the program. */
int state_key_order(const StateKey *a, const StateKey *b);
/* NULL if there is none. `name` interned. */
const State *graph_state(const Graph *g, const char *name);
/* The place in g->states of one that is there. */
size_t graph_state_place(const Graph *g, const char *name);

/* Bytes of a constant's elements: of one if it is a splat. */
size_t const_bytes(const Node *n);

/* Adds a node. `attr` has one entry per attribute row (copied, with lists and elements); NULL where the
 * op has none. Runs the op's shape rule: on a user's mistake gives a diagnostic at `origin` and returns
 * NULL, with the graph unchanged. */
Node *graph_add(Graph *g, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Origin origin);
/* As graph_add, for inputs and attributes known to be right: a failing rule is our bug. */
Node *graph_must(Graph *g, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Origin origin);
/* The attributes of `op` set to their defaults. */
void op_default_attrs(Graph *g, Op op, Attr *attr);

/* ---- shapes ---- */
Shape shape_scalar(void);
bool shape_equal(const Shape *a, const Shape *b);
/* Elements for batches of n rows. */
int64_t shape_count(const Shape *s, int64_t n);
/* Has it at most MAX_ELEMENTS? */
#define MAX_ELEMENTS RT_MAX_ELEMENTS
bool shape_fits(const Shape *s, int64_t n);
/* The axis that carries N, or -1. */
int shape_batch_axis(const Shape *s);
static inline int64_t dim_size(Dim d, int64_t n)
{
    return d.batch ? d.n * n : d.n;
}
/* "f32[N, 784]", "(N, 784)"; in the arena. */
const char *shape_text(Arena *arena, const Shape *s);
const char *type_text(Arena *arena, RtDtype dtype, const Shape *s);

/* ---- text form (ir/graph/text_print.c, text_parse.c) ---- */
void graph_print(StrBuf *out, const Graph *g);
/* Every graph of a .nnir source; NULL after errors, which were reported. */
Graph **graph_parse(Arena *arena, Interner *names, Diags *diags, const Source *source, size_t *n);

/* ---- verifier (ir/graph/verify.c) ----
 * Checks order, shapes and types by running every rule again, states, one write a state. NULL if the
 * graph is right, else what is wrong and where, in the arena. */
const char *graph_verify(Arena *arena, const Graph *g);

/* Rebuilding, for passes: an empty graph in `arena` with the name, batch, names and states of `g`. */
Graph *graph_like(const Graph *g, Arena *arena);
/* Copies `n` of another graph into `g` with inputs replaced (`in`, n->n_in of them). The copy shares no
 * memory with `n`. */
Node *graph_copy(Graph *g, const Node *n, Node *const *in);
/* `g` becomes `other`, made by graph_like(g, ...), and needs nothing of its own arena any more if that of
 * `other` is another one. */
void graph_take(Graph *g, const Graph *other);

#endif
