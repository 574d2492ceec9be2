import { describe, expect, it } from 'vitest';
import { EntityList } from './entity-list';

interface Thing {
  id: string;
  name: string;
}

function list(...answers: (Thing[] | Error)[]) {
  let asked = 0;
  const entities = new EntityList<Thing>(() => {
    const answer = answers[asked];
    asked += 1;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? []);
  });
  return { entities, asked: () => asked };
}
const thing = (name: string): Thing => ({ id: name, name });

describe('EntityList', () => {
  it('loads once, however many ask', async () => {
    const { entities, asked } = list([thing('b'), thing('a')]);
    await Promise.all([entities.ensure(), entities.ensure()]);
    await entities.ensure();
    expect(asked()).toBe(1);
    expect(entities.items().map((item) => item.name)).toEqual(['a', 'b']);
  });

  it('sorts as people do', async () => {
    const { entities } = list([thing('host10'), thing('host9'), thing('Alpha')]);
    await entities.ensure();
    expect(entities.items().map((item) => item.name)).toEqual(['Alpha', 'host9', 'host10']);
  });

  it('follows changes', async () => {
    const { entities } = list([thing('a')]);
    await entities.ensure();
    entities.apply({ kind: 'is', item: thing('c') });
    entities.apply({ kind: 'is', item: { id: 'a', name: 'z' } });
    expect(entities.items().map((item) => item.name)).toEqual(['c', 'z']);
    entities.apply({ kind: 'gone', id: 'a' });
    expect(entities.items()).toHaveLength(1);
  });

  it('takes no single change for the whole list', () => {
    const { entities } = list();
    entities.apply({ kind: 'is', item: thing('a') });
    expect(entities.loaded()).toBe(false);
  });

  it('tells a fault, keeps what it has, and can try again', async () => {
    const { entities } = list([thing('a')], new Error('down'), [thing('b')]);
    await entities.ensure();
    await entities.load();
    expect(entities.fault()).not.toBeNull();
    expect(entities.items()).toHaveLength(1);
    await entities.load();
    expect(entities.fault()).toBeNull();
    expect(entities.items()[0]?.name).toBe('b');
  });

  it('a late answer does not undo a clearing', async () => {
    const { entities } = list([thing('secret')]);
    const loading = entities.load();
    entities.clear();
    await loading;
    expect(entities.items()).toEqual([]);
  });
});
