import type { Role } from '@palmares/shared/people/member';
import { demoAgencies, demoEmail, demoReps } from './demo-people.js';

/** Known to everybody: it opens the demo and nothing else. */
export const DEMO_PASSWORD = 'maison-durable';

interface DemoSignIn {
  role: Role;
  name: string;
  email: string;
}

const someone = (role: Role, name: string): DemoSignIn => ({ role, name, email: demoEmail(name) });

/** Somebody of each role, for whoever wants to look around. */
export const demoSignIns: readonly DemoSignIn[] = [
  someone('rep', demoReps[0]),
  someone('manager', demoAgencies[0].chief),
  someone('hr', 'Sylvie Nadeau'),
  someone('admin', 'Paul Rivière'),
];
