package org.theine.jcache.bench.jmh;

import org.jspecify.annotations.Nullable;

/**
 * Linear probing over the nodes; a removal shifts those behind it back, so nothing is left over.
 */
final class OpenTable extends NodeTable {
  private static final int FIRST_LENGTH = 8;

  private final double maximumLoad;

  /** Makes an empty table that grows when more than such a share is full. */
  OpenTable(double maximumLoad) {
    super(FIRST_LENGTH);
    this.maximumLoad = maximumLoad;
  }

  @Override
  @Nullable Node search(Object key, int hash) {
    Node[] nodes = array;
    int mask = nodes.length - 1;
    for (int i = hash & mask; ; i = i + 1 & mask) {
      Node n = at(nodes, i);
      if (n == null) {
        return null;
      }
      if (n.hash == hash) {
        Node found = n.find(key);
        if (found != null || n instanceof CollidingNodes) {
          return found;
        }
      }
    }
  }

  @Override
  void add(Node node) {
    int equalHashes = 0;
    int mask = array.length - 1;
    int i = node.hash & mask;
    for (Node n; (n = at(array, i)) != null; i = i + 1 & mask) {
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
      collect(node.hash).nodes.put(node.key, node);
    } else {
      if (size + 1 > array.length * maximumLoad) {
        grow();
      }
      place(array, node);
    }
    size++;
  }

  @Override
  void remove(Node node) {
    Node[] nodes = array;
    int mask = nodes.length - 1;
    for (int i = node.hash & mask; ; i = i + 1 & mask) {
      Node n = at(nodes, i);
      if (n == null) {
        throw new AssertionError("not linked: " + node.key);
      }
      if (n == node) {
        vacate(nodes, i);
        size--;
        return;
      }
      if (n.hash == node.hash && n instanceof CollidingNodes colliding) {
        colliding.nodes.remove(node.key);
        size--;
        if (colliding.nodes.isEmpty()) {
          vacate(nodes, i);
        }
        return;
      }
    }
  }

  private void vacate(Node[] nodes, int place) {
    if (at(nodes, place + 1 & nodes.length - 1) == null) {
      set(nodes, place, null); // nobody moves
    } else {
      beginMove();
      shift(nodes, place);
      endMove();
    }
  }

  /** Empties a place and shifts back who was kept from its own place by those before it. */
  private static void shift(Node[] nodes, int place) {
    int mask = nodes.length - 1;
    int empty = place;
    for (int i = empty + 1 & mask; ; i = i + 1 & mask) {
      Node n = at(nodes, i);
      if (n == null) {
        break;
      }
      int distance = i - n.hash & mask;
      if (distance >= (i - empty & mask)) {
        set(nodes, empty, n);
        empty = i;
      }
    }
    set(nodes, empty, null);
  }

  private CollidingNodes collect(int hash) {
    CollidingNodes colliding = new CollidingNodes(hash);
    beginMove();
    Node[] nodes = array;
    int mask = nodes.length - 1;
    for (int i = hash & mask; ; ) {
      Node n = at(nodes, i);
      if (n == null) {
        break;
      }
      if (n.hash == hash) {
        colliding.nodes.put(n.key, n);
        shift(nodes, i); // another one may have come to this place
      } else {
        i = i + 1 & mask;
      }
    }
    place(nodes, colliding);
    endMove();
    return colliding;
  }

  /** Readers of the old array find what was there when they began. */
  private void grow() {
    Node[] old = array;
    Node[] nodes = new Node[old.length * 2];
    for (Node n : old) {
      if (n != null) {
        place(nodes, n);
      }
    }
    array = nodes;
  }

  private static void place(Node[] nodes, Node node) {
    int mask = nodes.length - 1;
    int i = node.hash & mask;
    while (at(nodes, i) != null) {
      i = i + 1 & mask;
    }
    set(nodes, i, node);
  }
}
