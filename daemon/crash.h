// crash - a coordinator that is ended by a damaged file says so
//
// LMDB checks no pages: where one is damaged, whoever reads it may be ended by the system (SIGSEGV,
// SIGBUS). Nothing can be saved then, but the administrator is told what it may be and what to do.
#pragma once

// From now on. Where a sanitizer watches for these signals, it stays as it is.
void crash_explain(void);
