import { stringify } from 'yaml';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { propertiesFile } from '../confluent/properties-file';

/** The settings as a file that `java.util.Properties` loads. */
export function javaProperties(connection: KafkaConnection, classes: JavaClientClasses): string {
  return propertiesFile(JavaClientSettings.render(connection, classes));
}

/**
 * The settings as a configuration file of Spring Boot.
 *
 * All but the first two are below `properties`, which Spring gives to admin client, producers, consumers and streams.
 *
 * @see Spring Boot 3.5, KafkaProperties.java
 */
export function springYaml(connection: KafkaConnection, classes: JavaClientClasses): string {
  const {
    'bootstrap.servers': bootstrapServers,
    'security.protocol': protocol,
    ...properties
  } = JavaClientSettings.render(connection, classes);
  return yaml({
    spring: {
      kafka: {
        'bootstrap-servers': springValue(bootstrapServers),
        security: { protocol },
        properties: springMap(properties),
      },
    },
  });
}

/**
 * The settings as a configuration file of Quarkus.
 *
 * They take precedence over those that are built into the program, but not over its environment.
 *
 * @see Quarkus 3, "Configuration reference": files have the ordinals 250 and 260, variables 300
 */
export function quarkusProperties(connection: KafkaConnection, classes: JavaClientClasses): string {
  const settings: { [setting: string]: string } = { config_ordinal: '270' };
  for (const [name, value] of Object.entries(JavaClientSettings.render(connection, classes))) {
    settings[`kafka.${name}`] = withoutExpressions(value);
  }
  return propertiesFile(settings);
}

/**
 * The settings as a configuration file of Kafka UI, which is a program on Spring Boot.
 *
 * They cannot be variables: Spring would take `config.providers` for a map, and lose what is below it.
 *
 * @see kafbat/kafka-ui 1.5.0, ClustersProperties.java
 */
export function kafkaUiYaml(connection: KafkaConnection): string {
  const { 'bootstrap.servers': bootstrapServers, ...properties } = JavaClientSettings.render(connection);
  const cluster = {
    name: springValue(connection.listener.clusterName),
    bootstrapServers: springValue(bootstrapServers),
    properties: springMap(properties),
  };
  return yaml({ kafka: { clusters: [cluster] } });
}

/** The variables that a Java virtual machine needs beside the settings; mostly none. */
export function javaEnvironment(
  connection: KafkaConnection,
  classes: JavaClientClasses = JavaClientClasses.ORIGINAL,
): { [variable: string]: string } {
  const properties = Object.entries(JavaClientSettings.systemProperties(connection, classes));
  if (properties.length === 0) return {};
  return { JAVA_TOOL_OPTIONS: properties.map(([name, value]) => `-D${name}=${value}`).join(' ') };
}

/** Quarkus expands `${...}` in its configuration; the references to secret values are for Kafka's client to read. */
export function withoutExpressions(value: string): string {
  return value.replace(/\$/g, '\\$');
}

/** Dots in the keys of a map are for Spring a map within the map, unless the key is in brackets. */
function springMap(properties: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [`[${name}]`, springValue(value)]));
}

/**
 * Spring expands `${...}` too; a backslash before it says not to.
 *
 * @see Spring Framework 6.2, PlaceholderParser.java: older releases know no escape
 */
function springValue(value: string): string {
  return value.replace(/\$\{/g, '\\${');
}

/** Each value in quotes: YAML 1.1, which Spring reads, takes some words for truths and numbers. */
function yaml(content: object): string {
  return stringify(content, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
}
