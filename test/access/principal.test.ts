import { Principal } from '../../lib';

test.each([
  [Principal.ANONYMOUS, 'ANONYMOUS', 'User:ANONYMOUS'],
  [Principal.commonName('my-user'), 'CN=my-user', 'User:CN=my-user'],
  [Principal.subject('CN=etl,OU=data,O=example'), 'CN=etl,OU=data,O=example', 'User:CN=etl,OU=data,O=example'],
  [Principal.named('my-user'), 'my-user', 'User:my-user'],
])('%s', (principal, name, text) => {
  expect([principal.name, principal.toString()]).toEqual([name, text]);
});
