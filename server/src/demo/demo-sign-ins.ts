import type { Role } from '@palmares/shared/people/member';
import { demoMemberId } from './demo-sales.js';

/** Known to everybody: it opens the demo and nothing else. */
export const DEMO_PASSWORD = 'maison-durable';

interface DemoSignIn {
  role: Role;
  externalId: string;
  name: string;
  email: string;
}

const at = (name: string) => `${name}@maison-durable.example`;

/** Somebody of each role, for whoever wants to look around. */
export const demoSignIns: readonly DemoSignIn[] = [
  {
    role: 'rep',
    externalId: demoMemberId(0),
    name: 'Léa Fontaine',
    email: at('lea.fontaine'),
  },
  {
    role: 'manager',
    externalId: 'demo-manager',
    name: 'Claire Aubry',
    email: at('claire.aubry'),
  },
  { role: 'hr', externalId: 'demo-hr', name: 'Sylvie Nadeau', email: at('sylvie.nadeau') },
  { role: 'admin', externalId: 'demo-admin', name: 'Paul Rivière', email: at('paul.riviere') },
];
