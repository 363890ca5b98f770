import { mayOpen, reach, type Action, type Whose } from '@palmares/shared/access/policy';
import type { Setup } from '@palmares/shared/auth/session';
import type { Role } from '@palmares/shared/people/member';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { holdProof } from '../http/http';
import { belongTo, keep } from '../http/kept';
import { ProblemError, type Problem } from '../http/problem';
import { nameActivities } from '../i18n/activity-word';
import { chosenLocale, showLocale } from '../i18n/i18n';
import * as api from './session.api';

/** Whoever is not signed in any more is where they wanted to be. */
async function leave(): Promise<void> {
  try {
    await api.signOut();
  } catch (error) {
    if (!(error instanceof ProblemError && error.problem.status === 401)) throw error;
  } finally {
    // Also where the server does not answer: nothing of theirs stays on this device.
    await belongTo(undefined);
  }
}

/** What this device keeps for a page without a network is theirs, and nobody else’s. */
async function remember(view: api.SessionView | undefined): Promise<void> {
  await belongTo(view && `${view.person.id}/${view.current?.organisation.id ?? ''}`);
  if (view) keep('/api/session', undefined, view);
}

/** Who is signed in, and for which organisation. */
export const useSessionStore = defineStore('session', () => {
  const view = shallowRef<api.SessionView>();
  /** Why nobody could say who we are; not that nobody is signed in. */
  const problem = shallowRef<Problem>();
  let asking: Promise<void> | undefined;

  const current = computed(() => view.value?.current ?? undefined);
  const roles = computed<readonly Role[]>(() => current.value?.member.roles ?? []);
  const operator = computed(() => view.value?.person.operator ?? false);
  /** True when the policy lets the signed-in member do the action. */
  const may = (action: Action): boolean => mayOpen(action, roles.value, operator.value);
  /** Whose data they reach by it. */
  const reaches = (action: Action): Whose | undefined => reach(action, roles.value);

  function hold(next: api.SessionView | undefined): void {
    view.value = next;
    problem.value = undefined;
    holdProof(next?.csrf);
    nameActivities(next?.current?.organisation.activityTypes ?? []);
    asking = Promise.resolve();
    void remember(next);
    // Until the reader says otherwise, the pages speak the language of the organisation.
    if (next?.current && !chosenLocale()) void showLocale(next.current.organisation.locale);
  }

  async function read(): Promise<void> {
    try {
      hold(await api.readSession());
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.status === 401) return hold(undefined);
      problem.value = error.problem;
      asking = undefined;
    }
  }

  /** Asks who is signed in, once; `refresh` asks again. */
  const ask = (): Promise<void> => (asking ??= read());
  const refresh = (): Promise<void> => (asking = read());

  const signIn = async (email: string, password: string): Promise<void> =>
    hold(await api.signIn({ email, password }));
  const accept = async (token: string, password: string): Promise<void> =>
    hold(await api.acceptInvitation(token, password));
  const begin = async (setup: Setup): Promise<void> => hold(await api.makeFirst(setup));
  const choose = async (organisationId: string): Promise<void> =>
    hold(await api.chooseOrganisation(organisationId));

  async function signOut(): Promise<void> {
    await leave();
    hold(undefined);
  }

  /** The session ended elsewhere: nobody is signed in here either. */
  const lose = (): void => hold(undefined);

  const state = { view, problem, current, roles, operator, may, reaches };
  return { ...state, ask, refresh, signIn, accept, begin, choose, signOut, lose };
});
