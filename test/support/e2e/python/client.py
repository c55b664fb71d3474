"""A client with librdkafka that does one thing: the request is a line of JSON on the standard input, the answer one on the output."""

import json
import sys
import time
from urllib.parse import quote_plus

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition

# What librdkafka tries again for ever; the other causes of a failed connection come with it or before it.
HOPELESS = (KafkaError._ALL_BROKERS_DOWN, KafkaError._AUTHENTICATION, KafkaError._SSL)


class Failed(Exception):
    pass


class Watch:
    """What librdkafka says through its error callback, and how long it may take."""

    def __init__(self, limit):
        self.errors = []
        self.hopeless = False
        self.end = time.monotonic() + limit

    def note(self, error):
        self.errors.append(str(error))
        self.hopeless = self.hopeless or error.code() in HOPELESS

    def go_on(self):
        if self.hopeless or time.monotonic() > self.end:
            raise Failed()


def configuration(request, watch):
    values = {**request["settings"], "error_cb": watch.note}
    for setting, path in request["secretFiles"].items():
        with open(path, encoding="utf-8", newline="") as file:
            value = file.read()
        values[setting] = quote_plus(value) if setting in request["formEncoded"] else value
    return values


def produce(request, watch):
    producer = Producer(configuration(request, watch), logger=None)
    failures = []
    delivered = []

    def done(error, message):
        if error is None:
            delivered.append(message.value().decode())
        else:
            failures.append(str(error))

    for value in request["values"]:
        producer.produce(request["topic"], value, on_delivery=done)
    while len(delivered) + len(failures) < len(request["values"]):
        watch.go_on()
        producer.poll(0.05)
    if failures:
        watch.errors.extend(failures)
        raise Failed()
    return delivered


def consume(request, watch):
    """Everything that is in the topic; librdkafka looks for the group's coordinator although no partition is had of it."""
    own = {"group.id": request["group"], "enable.auto.commit": False, "enable.partition.eof": True, "fetch.wait.max.ms": 10}
    consumer = Consumer({**configuration(request, watch), **own})
    try:
        partitions = known_partitions(consumer, request["topic"], watch)
        consumer.assign([TopicPartition(request["topic"], partition, OFFSET_BEGINNING) for partition in partitions])
        records = []
        unfinished = set(partitions)
        while unfinished:
            watch.go_on()
            message = consumer.poll(0.05)
            if message is None:
                continue
            if message.error() is None:
                records.append(message.value().decode())
            elif message.error().code() == KafkaError._PARTITION_EOF:
                unfinished.discard(message.partition())
            else:
                watch.errors.append(str(message.error()))
                raise Failed()
        return records
    finally:
        consumer.close()


def known_partitions(consumer, topic, watch):
    while True:
        watch.go_on()
        consumer.poll(0.05)
        try:
            metadata = consumer.list_topics(topic, timeout=0.5).topics[topic]
        except KafkaException:
            # It waits for a connection; why there is none comes through the callback.
            continue
        if metadata.error is None:
            return list(metadata.partitions)
        watch.errors.append(str(metadata.error))
        raise Failed()


def main():
    request = json.loads(sys.stdin.readline())
    watch = Watch(request["limit"] / 1000)
    answer = {"errors": []}
    try:
        answer["records"] = {"produce": produce, "consume": consume}[request["operation"]](request, watch)
    except Failed:
        answer["errors"] = watch.errors or ["no answer"]
    except (KafkaException, OSError) as error:
        answer["errors"] = [*watch.errors, f"{type(error).__name__}: {error}"]
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


main()
