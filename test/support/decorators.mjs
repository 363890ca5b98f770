// Nest reads what the compiler noted about constructors; this is where it notes it.
import 'reflect-metadata';
