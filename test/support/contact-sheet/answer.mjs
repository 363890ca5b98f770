// What a scene's server answers.

export const problem = (status, code, more = {}) => ({
  status,
  body: { type: `/problems/${code}`, code, status, title: code, instance: '7f3a9c', ...more },
});

export const ok = (body) => ({ status: 200, body });
export const list = (items) => ok({ items, nextCursor: null });
