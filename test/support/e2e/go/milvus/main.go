// Command milvus uses Kafka as Milvus does: its own parameter table reads the settings, and its own write-ahead log
// writes a record to a channel and reads it back. The last line that it prints is JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/milvus-io/milvus-proto/go-api/v2/msgpb"
	"github.com/milvus-io/milvus/pkg/v2/streaming/util/message"
	"github.com/milvus-io/milvus/pkg/v2/streaming/util/options"
	"github.com/milvus-io/milvus/pkg/v2/streaming/util/types"
	"github.com/milvus-io/milvus/pkg/v2/streaming/walimpls"
	_ "github.com/milvus-io/milvus/pkg/v2/streaming/walimpls/impls/kafka"
	"github.com/milvus-io/milvus/pkg/v2/streaming/walimpls/registry"
	"github.com/milvus-io/milvus/pkg/v2/util/metricsinfo"
	"github.com/milvus-io/milvus/pkg/v2/util/paramtable"
)

const limit = 20 * time.Second

type answer struct {
	Queue    string `json:"queue"`
	Channel  string `json:"channel"`
	Channels int    `json:"channels"`
	Appended string `json:"appended,omitempty"`
	Read     string `json:"read,omitempty"`
	Error    string `json:"error,omitempty"`
}

func main() {
	// What the server says of itself when it is all in one process.
	if err := os.Setenv(metricsinfo.DeployModeEnvKey, metricsinfo.StandaloneDeployMode); err != nil {
		panic(err)
	}
	paramtable.InitWithBaseTable(paramtable.NewBaseTable(paramtable.SkipRemote(true)))
	params := paramtable.Get()
	result := answer{
		Queue:    params.MQCfg.Type.GetValue(),
		Channel:  params.CommonCfg.RootCoordDml.GetValue() + "_0",
		Channels: params.RootCoordCfg.DmlChannelNum.GetAsInt(),
	}
	if err := roundTrip(&result); err != nil {
		result.Error = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		panic(err)
	}
}

func roundTrip(result *answer) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	opener, err := registry.MustGetBuilder(message.WALNameKafka).Build()
	if err != nil {
		return fmt.Errorf("build: %w", err)
	}
	channel := types.PChannelInfo{Name: result.Channel, Term: 1, AccessMode: types.AccessModeRW}
	wal, err := opener.Open(ctx, &walimpls.OpenOption{Channel: channel})
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	mark := fmt.Sprint(time.Now().UnixNano())
	written := message.NewTimeTickMessageBuilderV1().
		WithAllVChannel().
		WithHeader(&message.TimeTickMessageHeader{}).
		WithBody(&msgpb.TimeTickMsg{}).
		WithProperty("mark", mark).
		MustBuildMutable().
		WithTimeTick(1).
		WithLastConfirmedUseMessageID()
	id, err := wal.Append(ctx, written)
	if err != nil {
		return fmt.Errorf("append: %w", err)
	}
	result.Appended = id.String()
	// As a streaming node names its readers: channel, term and a number.
	scanner, err := wal.Read(ctx, walimpls.ReadOption{
		Name:          fmt.Sprintf("%s/1/1", result.Channel),
		DeliverPolicy: options.DeliverPolicyStartFrom(id),
	})
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	select {
	case found, open := <-scanner.Chan():
		if !open {
			return fmt.Errorf("read: %w", scanner.Error())
		}
		if got, _ := found.Properties().Get("mark"); got != mark {
			return fmt.Errorf("read: found another record")
		}
		result.Read = found.MessageID().String()
	case <-ctx.Done():
		return fmt.Errorf("read: %w", ctx.Err())
	}
	return nil
}
