import type {
  IssuedInvitation,
  NewOrganisation,
  OrganisationView,
} from '@palmares/shared/auth/session';
import type { SettingsChange, SettingsView } from '@palmares/shared/people/organisation-settings';
import { ask, askAll } from '../http/http';

export const readSettings = (): Promise<SettingsView> => ask('/api/organisation');

export const changeSettings = (body: SettingsChange): Promise<SettingsView> =>
  ask('/api/organisation', { method: 'PATCH', body });

export const readOrganisations = (): Promise<OrganisationView[]> => askAll('/api/organisations');

/** With the way in of its first administrator, where one was named. */
export interface MadeOrganisation extends OrganisationView {
  invitation?: IssuedInvitation | null;
}

export const createOrganisation = (body: NewOrganisation): Promise<MadeOrganisation> =>
  ask('/api/organisations', { method: 'POST', body });

export const renameOrganisation = (id: string, name: string): Promise<OrganisationView> =>
  ask(`/api/organisations/${encodeURIComponent(id)}`, { method: 'PATCH', body: { name } });
