import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DevelopmentSecrets } from '../secrets/development-secrets';
import { KafkaTopic } from '../strimzi/kafka-topic';
import { KafkaUser } from '../strimzi/kafka-user';
import { innermostWithRules } from '../validation/first-use';
import { Fields } from './fields';

/** Kinds that live in no namespace, whatever the chart around them says. Those that begin with `Cluster` do neither. */
const WITHOUT_NAMESPACE = [
  'CustomResourceDefinition',
  'IngressClass',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
];

/** One object that the app writes. */
export interface AppObject {
  /** The construct that the user knows it by. */
  readonly construct: IConstruct;
  /** Whether a construct of this library makes it. */
  readonly ours: boolean;
  readonly apiGroup: string;
  readonly kind: string;
  /** The namespace; empty for kinds that have none. */
  readonly namespace: string;
  readonly name: string;
  /** The development secrets that it is one of, if it is. */
  readonly developmentSecrets?: DevelopmentSecrets;
  /** The object as it is written; none if it is not rendered for checks. */
  readonly manifest?: Fields;
}

/** An app as the checks see it: its constructs, and what they write. */
export class AppModel {
  /** Everything in the app. */
  public readonly constructs: readonly IConstruct[];
  /** Everything that is written, in the order of the tree. */
  public readonly objects: readonly AppObject[];

  public constructor(root: IConstruct) {
    this.constructs = root.node.findAll();
    this.objects = this.constructs
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((object) => describe(object));
  }

  /** The constructs of a class. */
  public all<T extends IConstruct>(type: new (...args: any[]) => T): T[] {
    return this.constructs.filter((construct): construct is T => construct instanceof type);
  }

  /** The objects of a kind. */
  public ofKind(apiGroup: string, ...kinds: readonly string[]): AppObject[] {
    return this.objects.filter((object) => object.apiGroup === apiGroup && kinds.includes(object.kind));
  }
}

function describe(object: ApiObject): AppObject {
  const owner = innermostWithRules(object);
  const developmentSecrets = isDevelopmentSecrets(object.chart) ? object.chart : undefined;
  // To render development secrets is to make them, and a check makes nothing. There may be tens of thousands of users
  // and topics. Of all of these, the constructs know enough.
  const isRendered = !developmentSecrets && !(owner instanceof KafkaUser) && !(owner instanceof KafkaTopic);
  const placed = !object.kind.startsWith('Cluster') && !WITHOUT_NAMESPACE.includes(object.kind);
  return {
    construct: owner && !Chart.isChart(owner) ? owner : wrapperOf(object),
    ours: owner !== undefined,
    apiGroup: object.apiGroup,
    kind: object.kind,
    namespace: placed ? (object.metadata.namespace ?? '') : '',
    name: object.name,
    developmentSecrets,
    manifest: isRendered ? render(object) : undefined,
  };
}

/** What a user calls an object that does not belong to a construct of ours: the parent of a `Resource`. */
function wrapperOf(object: ApiObject): IConstruct {
  return object.node.id === 'Resource' && object.node.scope ? object.node.scope : object;
}

/** cdk8s lets every chart pass for an instance of each of its subclasses, so that instanceof says nothing. */
function isDevelopmentSecrets(chart: Chart): chart is DevelopmentSecrets {
  return Object.prototype.isPrototypeOf.call(DevelopmentSecrets.prototype, chart);
}

/** The object as it is written; none if it cannot be, which either another rule or the synthesis itself reports. */
function render(object: ApiObject): Fields | undefined {
  try {
    return object.toJson() as Fields;
  } catch {
    return undefined;
  }
}
