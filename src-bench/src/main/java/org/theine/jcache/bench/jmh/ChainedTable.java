package org.theine.jcache.bench.jmh;

import org.jspecify.annotations.Nullable;

/** Chains through the nodes. */
final class ChainedTable extends NodeTable {
  private static final int FIRST_LENGTH = 8;

  private final double maximumLoad;

  /** Makes an empty table that grows beyond so many nodes a bucket. */
  ChainedTable(double maximumLoad) {
    super(FIRST_LENGTH);
    this.maximumLoad = maximumLoad;
  }

  @Override
  @Nullable Node search(Object key, int hash) {
    Node[] buckets = array;
    for (Node n = at(buckets, hash & buckets.length - 1); n != null; n = n.next) {
      if (n.hash == hash) {
        Node found = n.find(key);
        if (found != null || n instanceof CollidingNodes) {
          return found;
        }
      }
    }
    return null;
  }

  @Override
  void add(Node node) {
    if (size + 1 > array.length * maximumLoad) {
      grow();
    }
    Node[] buckets = array;
    int index = node.hash & buckets.length - 1;
    int equalHashes = 0;
    for (Node n = at(buckets, index); n != null; n = n.next) {
      if (n.hash == node.hash) {
        if (n instanceof CollidingNodes colliding) {
          colliding.nodes.put(node.key, node);
          size++;
          return;
        }
        equalHashes++;
      }
    }
    if (equalHashes >= CollidingNodes.COLLIDING) {
      collect(buckets, index, node.hash).nodes.put(node.key, node);
    } else {
      push(buckets, index, node);
    }
    size++;
  }

  @Override
  void remove(Node node) {
    Node[] buckets = array;
    int index = node.hash & buckets.length - 1;
    Node before = null;
    for (Node n = at(buckets, index); n != null; before = n, n = n.next) {
      if (n == node) {
        unlink(buckets, index, before, n);
        size--;
        return;
      }
      if (n.hash == node.hash && n instanceof CollidingNodes colliding) {
        colliding.nodes.remove(node.key);
        size--;
        if (colliding.nodes.isEmpty()) {
          unlink(buckets, index, before, n);
        }
        return;
      }
    }
    throw new AssertionError("not linked: " + node.key);
  }

  private CollidingNodes collect(Node[] buckets, int index, int hash) {
    CollidingNodes colliding = new CollidingNodes(hash);
    beginMove();
    Node before = null;
    for (Node n = at(buckets, index); n != null; n = n.next) {
      if (n.hash == hash) {
        unlink(buckets, index, before, n);
        colliding.nodes.put(n.key, n);
      } else {
        before = n;
      }
    }
    push(buckets, index, colliding);
    endMove();
    return colliding;
  }

  private void grow() {
    Node[] old = array;
    Node[] buckets = new Node[old.length * 2];
    beginMove();
    for (Node first : old) {
      for (Node n = first; n != null; ) {
        Node following = n.next;
        push(buckets, n.hash & buckets.length - 1, n);
        n = following;
      }
    }
    array = buckets;
    endMove();
  }

  private static void push(Node[] buckets, int index, Node node) {
    node.next = at(buckets, index);
    set(buckets, index, node);
  }

  private static void unlink(Node[] buckets, int index, @Nullable Node before, Node node) {
    if (before == null) {
      set(buckets, index, node.next);
    } else {
      before.next = node.next;
    }
  }
}
