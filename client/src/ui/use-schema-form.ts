import { computed, reactive, ref, shallowRef, toRaw, type ComputedRef, type Ref } from 'vue';
import type { z } from 'zod';
import { ProblemError, type Problem } from '../http/problem';
import { useFaultText } from '../i18n/problem-text';

export interface SchemaForm<Values extends object, Sent> {
  /** what is typed */
  values: Values;
  busy: Ref<boolean>;
  /** what the server did not want and no field is to blame for */
  problem: ComputedRef<Problem | undefined>;
  /** the fault of a field, by the JSON pointer to it */
  error(pointer: string): string | undefined;
  /** Sends what is typed if it is right. @returns the answer; nothing when there was a fault */
  submit<Answer>(send: (sent: Sent) => Promise<Answer>): Promise<Answer | undefined>;
}

export interface Found {
  code?: string | undefined;
  detail: string;
}

/** An issue of zod in the few words a field has: what is empty, too long, or not of its kind. */
function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return 'empty';
  if (issue.code === 'too_big') return 'too-long';
  if (issue.code === 'invalid_format') return issue.format === 'email' ? 'email' : 'format';
  return 'invalid_type' === issue.code ? 'empty' : 'other';
}

const pointerOf = (path: readonly PropertyKey[]) => path.map((step) => `/${String(step)}`).join('');

/** What is wrong, by the JSON pointer to the field. */
export const faultsOf = (issues: readonly z.core.$ZodIssue[]): Map<string, Found> =>
  new Map(
    issues.map((issue) => [pointerOf(issue.path), { code: codeOf(issue), detail: issue.message }]),
  );

/** What is left empty says nothing. */
function blank(value: unknown): unknown {
  if (value === '') return null;
  if (Array.isArray(value)) return value.map(blank);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, blank(one)]));
}

/** The first faulty field, once it is on the screen as such, takes the focus. */
export function focusFault(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
  });
}

/**
 * A form over a schema of `shared`, checked here before it is sent, and by the server after; what
 * either says about a field lands at the field.
 */
export function useSchemaForm<Schema extends z.ZodType>(
  schema: Schema,
  start: z.input<Schema> & object,
): SchemaForm<z.input<Schema> & object, z.output<Schema>> {
  const values = reactive(structuredClone(start)) as z.input<Schema> & object;
  const faults = shallowRef(new Map<string, Found>());
  const refused = shallowRef<Problem>();
  const busy = ref(false);
  const say = useFaultText();

  function blame(error: unknown): void {
    if (!(error instanceof ProblemError)) throw error;
    refused.value = error.problem;
    const told = error.problem.errors ?? [];
    faults.value = new Map(
      told.flatMap(({ pointer, ...found }) => (pointer ? [[pointer, found] as const] : [])),
    );
    focusFault();
  }

  return {
    values,
    busy,
    problem: computed(() => (faults.value.size > 0 ? undefined : refused.value)),
    error: (pointer) => {
      const found = faults.value.get(pointer);
      return found && say(found);
    },
    async submit(send) {
      if (busy.value) return undefined;
      refused.value = undefined;
      const read = schema.safeParse(blank(toRaw(values)));
      faults.value = faultsOf(read.error?.issues ?? []);
      if (!read.success) {
        focusFault();
        return undefined;
      }
      busy.value = true;
      try {
        return await send(read.data);
      } catch (error) {
        blame(error);
        return undefined;
      } finally {
        busy.value = false;
      }
    },
  };
}
