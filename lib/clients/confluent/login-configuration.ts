/**
 * The login configuration of the Java virtual machine that has users looked up in a file.
 *
 * @see Confluent Platform 8.3, "Use HTTP Basic Authentication"; Jetty has the module there from version 12 on
 */
export function loginConfiguration(
  realm: string,
  usersPath: string,
  loginModule: string = 'org.eclipse.jetty.security.jaas.spi.PropertyFileLoginModule',
): string {
  return [`${realm} {`, `  ${loginModule} required`, `  file="${usersPath}"`, '  debug="false";', '};', ''].join('\n');
}
