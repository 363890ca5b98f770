/** What the person at the command line did wrong; shown without a stack. */
export class CommandError extends Error {}
