package org.theine.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaSerializationTest {

  private final JavaSerialization serialization =
      new JavaSerialization(JavaSerializationTest.class.getClassLoader());

  static List<Object> values() {
    return List.of(
        new Date(5),
        new Person("Ada", List.of("a", "b")),
        new ArrayList<>(List.of(1, "two", LocalDate.EPOCH)),
        new HashMap<>(Map.of("a", new Date(1), "b", List.of(Map.of("c", Set.of(1))))),
        new TreeMap<>(Map.of("a", 1)),
        new ConcurrentHashMap<>(Map.of("a", 1)),
        new LinkedHashSet<>(List.of(TimeUnit.DAYS, TimeUnit.HOURS)),
        new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
        List.of(new Date(1)),
        Map.of("a", new Date(1)),
        Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
        Arrays.asList("a", null),
        new ArrayList<Object>(List.of(int.class, void.class, String[].class, Person.class)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void deserialize_ownBytes_returnsAnEqualObject(Object value) throws Exception {
    Object copy = serialization.deserialize(serialization.serialize(value));

    assertThat(copy).isEqualTo(value).isNotSameAs(value).hasSameClassAs(value);
  }

  @Test
  void deserialize_arrays_returnsEqualArrays() throws Exception {
    assertThat((byte[]) copy(new byte[] {1, 2})).containsExactly(1, 2);
    assertThat((int[][]) copy(new int[][] {{1}, {2, 3}})).isDeepEqualTo(new int[][] {{1}, {2, 3}});
    assertThat((Object[]) copy(new Object[] {"a", new Date(1)})).containsExactly("a", new Date(1));
    assertThat((byte[]) copy(new byte[5_000_000])).hasSize(5_000_000);
  }

  @Test
  void deserialize_queues_returnsEqualContent() throws Exception {
    assertThat(new ArrayList<Object>((ArrayDeque<?>) copy(new ArrayDeque<>(List.of(1, 2)))))
        .isEqualTo(List.of(1, 2));
    assertThat(new ArrayList<Object>((PriorityQueue<?>) copy(new PriorityQueue<>(List.of(1, 2)))))
        .isEqualTo(List.of(1, 2));
  }

  @Test
  void deserialize_lambda_works() throws Exception {
    Supplier<String> supplier = (Supplier<String> & Serializable) () -> "from a lambda";

    assertThat(((Supplier<?>) copy(supplier)).get()).isEqualTo("from a lambda");
  }

  @Test
  void deserialize_proxies_work() throws Exception {
    Object visible = proxy(Comparable.class, Supplier.class);
    Object hidden = proxy(Supplier.class, Hidden.class);

    assertThat(((Supplier<?>) copy(visible)).get()).isEqualTo("answer of get");
    assertThat(((Hidden) copy(hidden)).name()).isEqualTo("answer of name");
  }

  @Test
  void deserialize_proxyNeverWritten_isRefused() throws Exception {
    byte[] bytes = new JavaSerialization(null).serialize(proxy(Hidden.class));

    assertThatThrownBy(() -> serialization.deserialize(bytes))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining(Hidden.class.getName());
  }

  @Test
  void deserialize_classNeverWritten_isRefusedUntilItIsWritten() throws Exception {
    byte[] bytes = new JavaSerialization(null).serialize(new Stranger());
    Stranger.read.set(0);

    assertThatThrownBy(() -> serialization.deserialize(bytes))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining("never serialised");
    assertThat(Stranger.read).hasValue(0);

    serialization.serialize(new Stranger());
    assertThat(serialization.deserialize(bytes)).isInstanceOf(Stranger.class);
    assertThat(Stranger.read).hasValue(1);
  }

  @Test
  void deserialize_strangerInsideAKnownClass_isRefused() throws Exception {
    serialization.serialize(new ArrayList<>(List.of("a")));
    byte[] bytes =
        new JavaSerialization(null).serialize(new ArrayList<>(List.of("a", new Stranger())));

    assertThatThrownBy(() -> serialization.deserialize(bytes))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining("never serialised class number 1");
  }

  /** A stream that was read from is read from again, but not after a failure. */
  @Test
  void deserialize_afterAFailure_readsOn() throws Exception {
    byte[] good = serialization.serialize(new ArrayList<>(List.of("a", "b")));
    byte[] cut = Arrays.copyOf(good, good.length - 3);
    byte[] longer = Arrays.copyOf(good, good.length + 1);

    for (int i = 0; i < 3; i++) {
      assertThat(serialization.deserialize(good)).isEqualTo(List.of("a", "b"));
      assertThatThrownBy(() -> serialization.deserialize(cut)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> serialization.deserialize(longer)).isInstanceOf(IOException.class);
    }
  }

  /** What was read is not kept by the stream that is, nor told apart from what is read next. */
  @Test
  void deserialize_twice_sharesNothing() throws Exception {
    byte[] bytes = serialization.serialize(new Object[] {new Person("Ada", List.of()), "x"});

    Object[] first = (Object[]) serialization.deserialize(bytes);
    Object[] second = (Object[]) serialization.deserialize(bytes);

    assertThat(second[0]).isEqualTo(first[0]).isNotSameAs(first[0]);
    WeakReference<Object> read = new WeakReference<>(first);
    first = new Object[0];
    second = new Object[0];
    for (int i = 0; i < 100 && read.get() != null; i++) {
      System.gc();
    }
    assertThat(read.get()).isNull();
  }

  /** The object's own reading reads another one of the same cache. */
  @Test
  void deserialize_insideItself_works() throws Exception {
    Nesting.inner = serialization.serialize("inner");
    Nesting.by = serialization;

    Object[] copies =
        (Object[])
            serialization.deserialize(
                serialization.serialize(new Object[] {new Nesting(), new Nesting()}));

    assertThat(copies).extracting(copy -> ((Nesting) copy).read).containsExactly("inner", "inner");
  }

  private static final class Nesting implements Serializable {
    private static final long serialVersionUID = 1;
    private static byte[] inner = {};
    private static JavaSerialization by = new JavaSerialization(null);

    private transient Object read = "nothing";

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      read = by.deserialize(inner);
    }
  }

  /** An application that has gone takes its classes with it, though bytes of them are left. */
  @Test
  void serialize_classOfALoaderThatGoes_isNotKept() throws Exception {
    ClassLoader loader = new SecondLoader();
    serialization.serialize(
        loader.loadClass(Stranger.class.getName()).getConstructor().newInstance());
    WeakReference<ClassLoader> held = new WeakReference<>(loader);
    loader = ClassLoader.getSystemClassLoader();
    for (int i = 0; i < 100 && held.get() != null; i++) {
      System.gc();
    }
    assertThat(held.get()).isNull();
  }

  /**
   * Bytes of a class that has gone are read as the one that is there, if that has the same fields.
   */
  @Test
  void deserialize_classHasGone_isReadAsOneOfTheSameShape() throws Exception {
    byte[] bytes = serialization.serialize(shapedBy(new SecondLoader("colour", "flavor")));
    byte[] same = serialization.serialize(shapedBy(new SecondLoader()));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) { // as long as the class is there its fields have names
                System.gc();
                assertThat(((Shaped) serialization.deserialize(bytes)).colour).isNull();
              }
            })
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining(Shaped.class.getName());
    assertThat(((Shaped) serialization.deserialize(same)).colour).isEqualTo("red");
  }

  private static Object shapedBy(ClassLoader loader) throws Exception {
    return loader.loadClass(Shaped.class.getName()).getConstructor().newInstance();
  }

  /** Has a field. */
  public static final class Shaped implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String colour = String.valueOf("red");

    /** Made by other loaders too. */
    public Shaped() {}
  }

  @Test
  void serialize_objectThatCannotBe_fails() {
    assertThatThrownBy(() -> serialization.serialize(new Object()))
        .isInstanceOf(NotSerializableException.class);
  }

  @Test
  void deserialize_classOfTheManagersLoader_isFoundThere() throws Exception {
    ClassLoader loader = new SecondLoader();
    Object value = loader.loadClass(Stranger.class.getName()).getConstructor().newInstance();
    JavaSerialization ofManager = new JavaSerialization(loader);

    Object copy = ofManager.deserialize(ofManager.serialize(value));

    assertThat(copy.getClass()).isSameAs(value.getClass()).isNotSameAs(Stranger.class);
  }

  @Test
  void deserialize_classUnknownToTheManagersLoader_isLookedForByTheThread() throws Exception {
    ClassLoader loader = new SecondLoader();
    Object value = loader.loadClass(Stranger.class.getName()).getConstructor().newInstance();
    JavaSerialization ofPlatform = new JavaSerialization(ClassLoader.getPlatformClassLoader());
    byte[] bytes = ofPlatform.serialize(value);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(loader);
      assertThat(ofPlatform.deserialize(bytes).getClass()).isSameAs(value.getClass());

      thread.setContextClassLoader(null);
      assertThatThrownBy(() -> ofPlatform.deserialize(bytes))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContaining(Stranger.class.getSimpleName());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** One filter names what is refused, another one what is allowed, which is nothing of ours. */
  @ParameterizedTest
  @ValueSource(strings = {"!STRANGER", "java.base/*;PERSON;!*"})
  void deserialize_administratorsFilter_isObeyed(String filter) throws Exception {
    assertThat(probe("-Djdk.serialFilter=" + named(filter), FilterProbe.class.getName()))
        .contains("person: read", "numbers: read", "stranger: refused");
  }

  /** What was written before there was a filter is read by streams that are made after it. */
  @Test
  void deserialize_filterThatComesLater_isAskedOfWhatWasPacked() throws Exception {
    assertThat(probe(FilterProbe.class.getName(), named("java.base/*;PERSON;!*")))
        .contains("person: read", "numbers: read", "stranger: refused");
    assertThat(probe(FilterProbe.class.getName(), named("!java.math.*")))
        .contains("person: read", "numbers: refused", "stranger: read");
  }

  private static String named(String filter) {
    return filter
        .replace("STRANGER", Stranger.class.getName())
        .replace("PERSON", Person.class.getName());
  }

  private static String probe(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(arguments));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes());
    assertThat(child.waitFor()).as(output).isZero();
    return output;
  }

  /** Run in a machine of its own, whose filter knows no strangers. */
  static final class FilterProbe {

    private FilterProbe() {}

    public static void main(String[] arguments) throws Exception {
      JavaSerialization serialization = new JavaSerialization(FilterProbe.class.getClassLoader());
      byte[] person = serialization.serialize(new Person("Ada", List.of()));
      byte[] numbers = serialization.serialize(new Object[] {1, BigDecimal.ONE, LocalDate.EPOCH});
      byte[] stranger = serialization.serialize(new Stranger());
      if (arguments.length > 0) {
        ObjectInputFilter.Config.setSerialFilter(
            ObjectInputFilter.Config.createFilter(arguments[0]));
      }
      System.out.println("person: " + probe(serialization, person));
      System.out.println("numbers: " + probe(serialization, numbers));
      System.out.println("stranger: " + probe(serialization, stranger));
    }

    /** Each thread has another stream at first. */
    private static String probe(JavaSerialization serialization, byte[] bytes) throws Exception {
      Set<String> seen = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 20; i++) {
        Thread reader =
            new Thread(
                () -> {
                  try {
                    serialization.deserialize(bytes);
                    seen.add("read");
                  } catch (InvalidClassException e) {
                    seen.add("refused");
                  } catch (IOException | ClassNotFoundException e) {
                    seen.add(e.toString());
                  }
                });
        reader.start();
        reader.join();
      }
      return String.join(" and ", seen);
    }
  }

  private Object copy(Object value) throws Exception {
    return serialization.deserialize(serialization.serialize(value));
  }

  private static Object proxy(Class<?>... interfaces) {
    return Proxy.newProxyInstance(
        JavaSerializationTest.class.getClassLoader(), interfaces, new NameOfMethod());
  }

  interface Hidden {
    String name();
  }

  private record Person(String name, List<String> tags) implements Serializable {}

  private static final class NameOfMethod implements InvocationHandler, Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return "answer of " + method.getName();
    }
  }

  /** Counts how often one of it was read. */
  public static final class Stranger implements Serializable {

    private static final long serialVersionUID = 1L;

    static final AtomicInteger read = new AtomicInteger();

    public Stranger() {}

    private Object readResolve() {
      read.incrementAndGet();
      return this;
    }
  }

  /** Defines the classes of this test a second time. */
  private static final class SecondLoader extends ClassLoader {

    private final String from;
    private final String to;

    SecondLoader() {
      this("", "");
    }

    /** The names in the classes are changed; as long as before. */
    SecondLoader(String from, String to) {
      super(ClassLoader.getPlatformClassLoader());
      this.from = from;
      this.to = to;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in =
          JavaSerializationTest.class.getClassLoader().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes =
            new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                .replace(from, to)
                .getBytes(StandardCharsets.ISO_8859_1);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
