import { policy, type Action } from '@palmares/shared/access/policy';
import type { Component } from 'vue';
import type { Router, RouteLocationNormalized, RouteLocationRaw } from 'vue-router';
import { onSessionLost } from '../http/http';
import { useSessionStore } from './session.store';

declare module 'vue-router' {
  interface RouteMeta {
    /** the action of the policy that opens the page; a page without one is for everybody */
    action?: Action;
    /** of a page that the navigation leads to */
    icon?: Component;
  }
}

type Session = ReturnType<typeof useSessionStore>;

/** Where a person begins: at the door, at the choice of an organisation, or at their first page. */
export function landing(session: Session): { name: string } {
  if (!session.view) return { name: 'sign-in' };
  const several = !session.current && session.view.organisations.length > 0;
  return { name: several ? 'organisation-choice' : 'start' };
}

/** A place of this site to go back to; never another site's. */
export const placeIn = (to: unknown): string | undefined =>
  typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined;

async function admit(to: RouteLocationNormalized): Promise<true | RouteLocationRaw> {
  const { action } = to.meta;
  if (!action) return true;
  const session = useSessionStore();
  await session.ask();
  // The layout says what went wrong, and asks again.
  if (session.problem) return true;
  const query = { to: to.fullPath };
  if (!session.view) return { name: 'sign-in', query };
  const several = !session.current && session.view.organisations.length > 0;
  // An operator needs no organisation.
  if (several && policy[action].others !== 'operator')
    return { name: 'organisation-choice', query };
  return true;
}

/** Nobody enters a page without having said who they are. */
export function guard(router: Router): void {
  router.beforeEach(admit);
  onSessionLost(
    () => {
      const session = useSessionStore();
      session.lose();
      const place = router.currentRoute.value;
      if (place.meta.action) void router.push({ name: 'sign-in', query: { to: place.fullPath } });
    },
    () => useSessionStore().refresh(),
  );
}
