package org.theine.jcache.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.theine.jcache.guide.Page.Block;

/** The classes of a page, compiled into a folder beside the files that the page names. */
final class Samples implements AutoCloseable {
  private static final Pattern CLASS = Pattern.compile("public (?:final )?(?:class|record) (\\w+)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  private final URLClassLoader loader;

  private Samples(URLClassLoader loader) {
    this.loader = loader;
  }

  /** Compiles all Java of a page, and writes the files whose names stand behind the language. */
  static Samples of(Page page, Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    Path sourceFolder = Files.createDirectories(folder.resolve("sources"));
    Path classFolder = Files.createDirectories(folder.resolve("classes"));
    for (Block block : page.blocks()) {
      String[] info = block.info().split(" ");
      if (block.info().equals("java")) {
        Path source = sourceFolder.resolve(block.line() + "/" + nameOf(block) + ".java");
        Files.createDirectories(source.getParent());
        sources.add(Files.writeString(source, block.content()));
      } else if (info.length == 2 && info[1].contains(".")) {
        Files.writeString(classFolder.resolve(info[1]), block.content());
      }
    }
    compile(page, sources, classFolder);
    URL[] path = {classFolder.toUri().toURL()};
    return new Samples(new URLClassLoader(path, Samples.class.getClassLoader()));
  }

  private static String nameOf(Block block) {
    Matcher matcher = CLASS.matcher(block.content());
    assertThat(matcher.find()).as("%s has a public class", block).isTrue();
    return matcher.group(1);
  }

  private static void compile(Page page, List<Path> sources, Path folder) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder.toFile()));
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:all,-path,-classfile",
              "-Werror",
              "-classpath",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as("%s compiles: %s", page, messages).isTrue();
    }
  }

  ClassLoader loader() {
    return loader;
  }

  static boolean isRunnable(Block block) {
    return block.content().contains("public static void main(");
  }

  /** Runs the main method of a block's class as an application whose class path this is. */
  String run(Block block) throws Exception {
    Matcher inPackage = PACKAGE.matcher(block.content());
    String name = (inPackage.find() ? inPackage.group(1) + "." : "") + nameOf(block);
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      thread.setContextClassLoader(loader);
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(out);
      thread.setContextClassLoader(context);
    }
    return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
