import { fromTemplate, type TemplateCode } from '@palmares/shared/challenge/template';
import type { WrittenClauses } from '@palmares/shared/challenge/terms';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { today } from '../format/date';
import { ProblemError, type Problem } from '../http/problem';
import { useText } from '../i18n/text';
import { useSessionStore } from '../session/session.store';
import {
  definitionOf,
  monthAfter,
  readDraft,
  sentOf,
  spelledOut,
  steps,
  type Draft,
} from './draft';
import * as api from './studio.api';
import { useDraftFaults } from './use-draft-faults';

/** A definition while it is typed, from the first template on. */
function useDraft() {
  const { locale } = useText();
  const organisation = useSessionStore().current?.organisation;
  const currency = organisation?.currency ?? 'EUR';
  const zone = organisation?.timeZone ?? 'UTC';

  const begin = (code: TemplateCode): Draft =>
    spelledOut(fromTemplate(code, { ...monthAfter(today(zone)), currency, locale: locale.value }));
  const draft = ref<Draft>(begin('revenue-sprint'));
  const text = computed(() => JSON.stringify(sentOf(draft.value)));
  const read = computed(() => readDraft(draft.value));

  /** The form stays the same one; what is in it is another. */
  function put(next: Draft): void {
    const gone = Object.keys(draft.value).filter((name) => !(name in next));
    for (const name of gone) Reflect.deleteProperty(draft.value, name);
    Object.assign(draft.value, next);
  }
  return { draft, put, begin, text, read, currency };
}

/** One thing at a time with the server. */
function useAttempt(tell: (problem?: Problem) => void, text: Ref<string>) {
  const busy = ref(false);
  const refused = shallowRef<Problem>();

  // What the server said was of what was sent.
  watch(text, () => {
    tell();
    refused.value = undefined;
  });

  /** Does something with the server; what it does not want lands at the fields. */
  async function attempt<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    refused.value = undefined;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      refused.value = error.problem;
      tell(error.problem);
      return undefined;
    } finally {
      busy.value = false;
    }
  }
  return { busy, refused, attempt };
}

/** Keeps a definition as a draft; what has been launched changes otherwise. */
async function keepDraft(known: api.ChallengeView | undefined, sent: unknown, dirty: boolean) {
  if (!known) return api.createDraft(sent);
  // What is not named stays as it was: a minimum that was taken away is named.
  const whole = { minimum: null, ...(sent as object) };
  return dirty && known.version === null ? api.redraft(known.id, whole) : known;
}

/** A challenge on the drawing board: what is typed, what is wrong with it, what is kept of it. */
export function useStudio() {
  const { locale } = useText();
  const { draft, put, begin, text, read, currency } = useDraft();
  const clauses = ref<WrittenClauses>({});
  const challenge = shallowRef<api.ChallengeView>();
  const kept = ref('');
  const keptClauses = ref('{}');

  const dirty = computed(() => text.value !== kept.value);
  const dirtyTerms = computed(() => JSON.stringify(clauses.value) !== keptClauses.value);
  const { fault, faultsIn, reveal, conceal, tell } = useDraftFaults(read);
  const { busy, refused, attempt } = useAttempt(tell, text);

  function hold(view: api.ChallengeView): void {
    challenge.value = view;
    put(definitionOf(view));
    kept.value = text.value;
  }

  async function open(id: string): Promise<void> {
    hold(await api.readChallenge(id));
    clauses.value = (await api.readTerms(id, locale.value)).clauses;
    keptClauses.value = JSON.stringify(clauses.value);
  }

  async function keep(): Promise<true> {
    const sent = sentOf(draft.value);
    challenge.value = await keepDraft(challenge.value, sent, dirty.value);
    // Said once it is so, with what was typed meanwhile still to be kept.
    kept.value = JSON.stringify(sent);
    if (!dirtyTerms.value) return true;
    const written = clauses.value;
    await api.writeTerms(challenge.value.id, written);
    keptClauses.value = JSON.stringify(written);
    return true;
  }

  /** Keeps the draft if it can be kept. @returns whether it is */
  async function save(): Promise<boolean> {
    if (!read.value.ok) {
      reveal(...steps);
      return false;
    }
    if (challenge.value && !dirty.value && !dirtyTerms.value) return true;
    return (await attempt(keep)) ?? false;
  }

  function start(code: TemplateCode): void {
    put(begin(code));
    conceal();
  }

  const state = { draft, clauses, challenge, busy, refused, currency, text, dirty, dirtyTerms };
  return { ...state, read, fault, faultsIn, reveal, attempt, open, hold, save, start };
}
export type Studio = ReturnType<typeof useStudio>;
