import { AclResource, ConsumerGroup, TransactionalId } from '../../lib';

const topic = (name: string) => AclResource.topic(name);
const topicPrefix = (name: string) => AclResource.topicPrefix(name);
const group = (name: string) => AclResource.group(name);
const groupPrefix = (name: string) => AclResource.groupPrefix(name);
const transactionalId = (name: string) => AclResource.transactionalId(name);
const transactionalIdPrefix = (name: string) => AclResource.transactionalIdPrefix(name);
const cluster = () => AclResource.cluster();

describe('a resource', () => {
  test.each<[AclResource, AclResource, boolean]>([
    [topic('a'), topic('a'), true],
    [topic('a'), topic('ab'), false],
    [topic('a'), group('a'), false],
    [topic('*'), topic('a'), true],
    [topic('*'), topicPrefix('a'), true],
    [topic('*'), topic('*'), true],
    [topic('*'), group('a'), false],
    [topicPrefix('a'), topic('a'), true],
    [topicPrefix('a'), topic('ab'), true],
    [topicPrefix('a'), topic('b'), false],
    [topicPrefix('a'), topicPrefix('ab'), true],
    [topicPrefix('ab'), topicPrefix('a'), false],
    [topicPrefix('a'), topic('*'), false],
    [topic('a'), topicPrefix('a'), false],
    [cluster(), cluster(), true],
    [topic('*'), cluster(), false],
  ])('%s covers %s: %s', (wide, narrow, covers) => {
    expect(wide.covers(narrow)).toBe(covers);
  });

  test('is written as people write it', () => {
    const written = [
      topic('a'),
      topicPrefix('a'),
      group('*'),
      groupPrefix('g-'),
      transactionalId('t'),
      transactionalIdPrefix('t-'),
      cluster(),
    ];
    expect(written.map(String)).toEqual([
      'topic a',
      'topic a*',
      'group *',
      'group g-*',
      'transactionalId t',
      'transactionalId t-*',
      'cluster',
    ]);
  });
});

test('groups and transactional ids are resources of their kinds', () => {
  expect([ConsumerGroup.literal('g'), ConsumerGroup.prefix('g')].map(({ resource }) => resource.toString())).toEqual([
    'group g',
    'group g*',
  ]);
  expect(
    [TransactionalId.literal('t'), TransactionalId.prefix('t')].map(({ resource }) => resource.toString()),
  ).toEqual(['transactionalId t', 'transactionalId t*']);
});
