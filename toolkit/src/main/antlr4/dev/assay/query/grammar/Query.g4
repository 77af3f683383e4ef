/** Conditions on trials, orders and lists of fields: what list and export take on the command line and sweeps take as where. */
grammar Query;

options { caseInsensitive = true; }

condition
    : either EOF
    ;

order
    : sorted (',' sorted)* EOF
    ;

fields
    : path (',' path)* EOF
    ;

either
    : both (OR both)*
    ;

both
    : simple (AND simple)*
    ;

simple
    : NOT simple                                    # Negation
    | '(' either ')'                                # Group
    | operand COMPARATOR operand                    # Comparison
    | path NOT? IN '(' literal (',' literal)* ')'   # Membership
    | path NOT? LIKE TEXT                           # Likeness
    | path IS NOT? NULL                             # Absence
    | path                                          # Flag
    ;

sorted
    : path direction=(ASC | DESC)?
    ;

operand
    : path
    | literal
    ;

literal
    : NUMBER
    | TEXT
    | TRUE
    | FALSE
    ;

path
    : first=(NAME | QUOTED) step*
    ;

step
    : '.' (NAME | QUOTED | AND | OR | NOT | IN | IS | LIKE | NULL | TRUE | FALSE | ASC | DESC)
    | INDEX
    ;

AND: 'and';
OR: 'or';
NOT: 'not';
IN: 'in';
IS: 'is';
LIKE: 'like';
NULL: 'null';
TRUE: 'true';
FALSE: 'false';
ASC: 'asc';
DESC: 'desc';

COMPARATOR: '=' | '!=' | '<=' | '<' | '>=' | '>';
NUMBER: [-+]? ([0-9]+ ('.' [0-9]*)? | '.' [0-9]+) ('e' [-+]? [0-9]+)?;

/** A name may hold hyphens, since nothing is subtracted. */
NAME: [a-z_] [a-z0-9_-]*;
QUOTED: '"' ~["\r\n]+ '"';
TEXT: '\'' (~['\r\n] | '\'\'')* '\'';
INDEX: '[' [0-9]+ ']';
SPACE: [ \t\r\n]+ -> skip;

/** Whatever else there is, so that the parser tells of it with everything it expected. */
OTHER: .;
