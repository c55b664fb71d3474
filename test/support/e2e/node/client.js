'use strict';
// A client with KafkaJS that does one thing: the request is a line of JSON on the standard input, the answer one on the output.

const { readFileSync } = require('node:fs');
const { Kafka, logLevel } = require('kafkajs');

/** Why a client ended, from the outermost error on. */
function reasons(error) {
  const seen = new Set();
  for (let cause = error; cause && !seen.has(cause); cause = cause.originalError ?? cause.cause) seen.add(cause);
  return [...seen].map(({ name, message }) => `${name}: ${message}`);
}

async function produce(kafka, { topic, values }) {
  const producer = kafka.producer();
  try {
    await producer.connect();
    await producer.send({ topic, messages: values.map((value) => ({ value })) });
    return values;
  } finally {
    await producer.disconnect();
  }
}

/** Everything that is in the topic, as a member of a group, which every consumer of KafkaJS is. */
async function consume(kafka, { topic, group }) {
  const ends = await offsets(kafka, topic);
  const unfinished = new Set(ends.filter(({ low, high }) => low !== high).map(({ partition }) => partition));
  const consumer = kafka.consumer({ groupId: group });
  const records = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise((resolve, reject) => {
      if (unfinished.size === 0) resolve();
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const eachMessage = async ({ partition, message }) => {
        records.push(message.value.toString());
        if (Number(message.offset) + 1 >= Number(ends.find((end) => end.partition === partition).high)) {
          unfinished.delete(partition);
        }
        if (unfinished.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    return records;
  } finally {
    await consumer.disconnect();
  }
}

async function offsets(kafka, topic) {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await admin.fetchTopicOffsets(topic);
  } finally {
    await admin.disconnect();
  }
}

async function main() {
  const { settings, limit, operation, ...request } = JSON.parse(readFileSync(0, 'utf8'));
  const answer = { errors: [] };
  const timer = setTimeout(() => finish({ errors: ['no answer'] }), limit);
  try {
    // Nothing is tried again: what is refused now is refused the next time.
    const kafka = new Kafka({ ...require(settings), retry: { retries: 0 }, logLevel: logLevel.NOTHING });
    answer.records = await { produce, consume }[operation](kafka, request);
  } catch (error) {
    answer.errors = reasons(error);
  }
  clearTimeout(timer);
  finish(answer);
}

function finish(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit());
}

void main();
